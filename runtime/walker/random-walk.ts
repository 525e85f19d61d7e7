/** Walks to random addresses that others told us of. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import { pick } from '../env/random.ts';
import type { Random } from '../env/random.ts';
import type { Walkable, WalkStrategy } from './strategy.ts';

/**
 * Settings of a random walk; the defaults are the reference's (py-ipv8 3.2
 * peerdiscovery/discovery.py:50).
 */
export type RandomWalkOptions = {
  /** How long an address has to answer before it is forgotten. */
  readonly timeoutMs: number;
  /**
   * Addresses walked to within `timeoutMs` at most, so never more requests than this wait for an
   * answer; 0 for no such limit. An answer does not make room sooner: that keeps the reference's
   * pace.
   */
  readonly windowSize: number;
  /** The chance, of 256, to ask for an introduction although there are addresses to walk to. */
  readonly resetChance: number;
  /** The least time between two steps; 0 for every call of `step`. */
  readonly targetIntervalMs: number;
};

export const RANDOM_WALK_DEFAULTS: RandomWalkOptions = {
  timeoutMs: 3_000,
  windowSize: 5,
  resetChance: 50,
  targetIntervalMs: 0,
};

/** What a random walk is made of. */
export type RandomWalkParts = {
  readonly overlay: Walkable;
  readonly clock: Clock;
  readonly random: Random;
  readonly options?: Partial<RandomWalkOptions>;
};

/**
 * Each step asks one random walkable address for an introduction, or, by chance or when there is
 * none, a known peer or a bootstrapper. Addresses that do not answer in time are forgotten, unless
 * a peer was verified there meanwhile.
 *
 * The chance to turn back keeps a walker from being caught among false addresses (py-ipv8 issue
 * 406).
 */
export function createRandomWalk(parts: RandomWalkParts): WalkStrategy {
  const { overlay, clock, random } = parts;
  const options = { ...RANDOM_WALK_DEFAULTS, ...parts.options };
  /**
   * When each address was asked. BOUNDED by `windowSize`; without one, by timeout and by the
   * walker's own pace.
   */
  const asked = new Map<string, { readonly address: Address; readonly sentAt: number }>();
  let lastStepAt: number | undefined;

  function forgetSilent(now: number): void {
    const late = [...asked.values()].filter(({ sentAt }) => now - sentAt > options.timeoutMs);
    if (late.length === 0) return;
    const walkable = new Set(overlay.walkableAddresses().map(printAddress));
    for (const { address } of late) {
      const key = printAddress(address);
      asked.delete(key);
      // What is not walkable any more is a peer by now, or forgotten already.
      if (walkable.has(key)) overlay.forgetAddress(address);
    }
  }

  function isTooEarly(now: number): boolean {
    const { targetIntervalMs } = options;
    return targetIntervalMs > 0 && lastStepAt !== undefined && now - lastStepAt <= targetIntervalMs;
  }

  return {
    step() {
      const now = clock.now();
      forgetSilent(now);
      if (isTooEarly(now)) return;
      if (options.windowSize > 0 && asked.size >= options.windowSize) return;
      const available = overlay
        .walkableAddresses()
        .filter((address) => !asked.has(printAddress(address)));
      const target = pick(random, available);
      if (target !== undefined && random.below(256) >= options.resetChance) {
        asked.set(printAddress(target), { address: target, sentAt: now });
        overlay.walkTo(target);
      } else {
        overlay.requestIntroduction();
      }
      lastStepAt = now;
    },
  };
}
