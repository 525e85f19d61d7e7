/** How datagrams travel from one host to another. */
import { assert } from '../base/assert.ts';
import type { Random } from '../env/random.ts';

/** One direction between two hosts. */
export type Link = {
  /** Each datagram takes a time in this range, drawn evenly: later ones may overtake. */
  readonly delayMs: { readonly min: number; readonly max: number };
  /** The share of datagrams that is lost: 0 to 1. */
  readonly loss: number;
};

/** A good connection across a continent: 20 to 60 ms, nothing lost. */
export const DEFAULT_LINK: Link = { delayMs: { min: 20, max: 60 }, loss: 0 };

/** From a host to itself. */
export const LOOPBACK_LINK: Link = { delayMs: { min: 0.02, max: 0.02 }, loss: 0 };

/**
 * What becomes of one datagram: it arrives after so many microseconds, or undefined: it is lost.
 */
export function drawDelayUs(link: Link, random: Random): number | undefined {
  const { delayMs, loss } = link;
  assert(
    delayMs.min >= 0 && delayMs.max >= delayMs.min,
    `a delay of ${delayMs.min} to ${delayMs.max} ms`,
  );
  assert(loss >= 0 && loss <= 1, `a loss of ${loss}`);
  const drawn = random.below(2 ** 32) / 2 ** 32;
  const minUs = Math.round(delayMs.min * 1_000);
  const delayUs = minUs + random.below(Math.round(delayMs.max * 1_000) - minUs + 1);
  return drawn < loss ? undefined : delayUs;
}
