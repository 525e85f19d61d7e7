/**
 * The generic cell rate algorithm (ITU-T I.371) with costs instead of cells: the whole state is the
 * time at which everything admitted so far would be paid off.
 */
import { BoundedMap } from '../base/bounded-map.ts';
import type { Pace } from './limits.ts';

/** When all that was admitted, and then `cost` more, is paid off. */
function paidAfter(paidAtMs: number, cost: number, { share }: Pace, nowMs: number): number {
  return Math.max(paidAtMs, nowMs) + cost / share;
}

/** What may be open: the burst, paid off at this pace, takes so long. */
function openMax({ burstMs, share }: Pace): number {
  return burstMs / share;
}

/** One pace, kept by all together. */
export class SharedPace {
  readonly #pace: Pace;
  #paidAtMs = Number.NEGATIVE_INFINITY;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** True when `cost` fits into this part (0 to 1) of the burst. Takes nothing. */
  hasRoom(cost: number, nowMs: number, part = 1): boolean {
    const paidAtMs = paidAfter(this.#paidAtMs, cost, this.#pace, nowMs);
    return paidAtMs - nowMs <= part * openMax(this.#pace);
  }

  /** True when all that was admitted is paid off. */
  isAtRest(nowMs: number): boolean {
    return this.#paidAtMs <= nowMs;
  }

  take(cost: number, nowMs: number): void {
    this.#paidAtMs = paidAfter(this.#paidAtMs, cost, this.#pace, nowMs);
  }
}

/** The same pace for each of many, who are forgotten when there are too many. */
export class PaceOfEach {
  readonly #pace: Pace;
  readonly #countMax: number;
  /** Made when the first is paced: most nodes never come under pressure. BOUNDED by `countMax`. */
  #paidAtMs: BoundedMap<string, number> | undefined;

  constructor(pace: Pace, countMax: number) {
    this.#pace = pace;
    this.#countMax = countMax;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#paidAtMs?.size ?? 0;
  }

  /** Takes `cost`, or gives false when it does not fit into the burst of this one. */
  take(name: string, cost: number, nowMs: number): boolean {
    this.#paidAtMs ??= new BoundedMap({
      countMax: this.#countMax,
      onFull: 'drop-least-recently-used',
    });
    const before = this.#paidAtMs.get(name) ?? Number.NEGATIVE_INFINITY;
    const paidAtMs = paidAfter(before, cost, this.#pace, nowMs);
    if (paidAtMs - nowMs > openMax(this.#pace)) return false;
    this.#paidAtMs.set(name, paidAtMs);
    return true;
  }

  /** Adds to what this one owes, whether it fits or not. */
  charge(name: string, cost: number, nowMs: number): void {
    const before = this.#paidAtMs?.get(name) ?? Number.NEGATIVE_INFINITY;
    this.#paidAtMs?.set(name, paidAfter(before, cost, this.#pace, nowMs));
  }

  /** Forgets all. */
  clear(): void {
    this.#paidAtMs = undefined;
  }
}
