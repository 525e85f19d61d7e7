/** How datagrams travel from one host to another. */
import type { Random } from '../env/random.ts';
import { demand } from './demand.ts';

/** One direction between two hosts. Shares are 0 to 1; what is left out does not happen. */
export type Link = {
  /** Each datagram takes a time in this range, drawn evenly: later ones may overtake. */
  readonly delayMs: { readonly min: number; readonly max: number };
  /** The share of datagrams that is lost. */
  readonly loss: number;
  /** The share that arrives twice, the second time after a delay of its own. */
  readonly duplicate?: number;
  /** A share is late by up to `byMs` more, so that what was sent after it overtakes it. */
  readonly reorder?: { readonly share: number; readonly byMs: number };
  /** The share of which one bit arrives changed. */
  readonly corrupt?: number;
  /** The largest IP packet: 1,500 carries 1,472 bytes over IPv4. What is larger is dropped. */
  readonly mtu?: number;
};

/** A good connection across a continent: 20 to 60 ms, nothing lost. */
export const DEFAULT_LINK: Link = { delayMs: { min: 20, max: 60 }, loss: 0 };

/** From a host to itself. */
export const LOOPBACK_LINK: Link = { delayMs: { min: 0.02, max: 0.02 }, loss: 0 };

/** IP and UDP headers (RFC 791, RFC 8200, RFC 768). */
const HEADER_BYTES = { ipv4: 28, ipv6: 48 } as const;

/** @throws what is no link: a share that is none, a delay of less than nothing, an MTU of nothing. */
export function checkLink(link: Link): void {
  const { delayMs, loss, duplicate = 0, corrupt = 0, reorder = { share: 0, byMs: 0 }, mtu } = link;
  const shares = { loss, duplicate, corrupt, 'reorder.share': reorder.share };
  for (const [name, share] of Object.entries(shares)) {
    demand(share >= 0 && share <= 1, `a link with ${name} ${share}: give a share from 0 to 1`);
  }
  const { min, max } = delayMs;
  demand(
    min >= 0 && max >= min && max < Infinity,
    `a link with delayMs ${min} to ${max}: give numbers from 0, the larger one as max`,
  );
  demand(
    reorder.byMs >= 0 && reorder.byMs < Infinity,
    `a link with reorder.byMs ${reorder.byMs}: give a number from 0`,
  );
  demand(
    mtu === undefined || mtu > 0,
    `a link with mtu ${mtu}: give bytes above 0, or leave it out`,
  );
}

/** True when a datagram of so many bytes passes whole. */
export function fits(link: Link, size: number, family: 'ipv4' | 'ipv6'): boolean {
  return link.mtu === undefined || size + HEADER_BYTES[family] <= link.mtu;
}

/** True for a share of the draws. Draws only when it depends on chance. */
export function happens(share: number | undefined, random: Random): boolean {
  if (share === undefined || share === 0) return false;
  return random.below(2 ** 32) / 2 ** 32 < share;
}

/** After how many microseconds a datagram arrives that does. */
export function drawDelayUs(link: Link, random: Random): number {
  const { delayMs, reorder } = link;
  const minUs = Math.round(delayMs.min * 1_000);
  const delayUs = minUs + random.below(Math.round(delayMs.max * 1_000) - minUs + 1);
  if (reorder === undefined || !happens(reorder.share, random)) return delayUs;
  return delayUs + random.below(Math.round(reorder.byMs * 1_000) + 1);
}

/** The bytes with one bit changed; an empty datagram has none. */
export function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const changed = bytes.slice();
  const bit = random.below(bytes.length * 8);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
