/** How many datagrams of one kind we send to targets that others name. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import {
  ASKER_MEMORY_MS,
  BUDGET_MAX,
  BUDGET_PER_TARGET_MAX,
  BUDGET_RESERVED,
  BUDGET_WINDOW_MS,
} from './limits.ts';

/** Because of whom something is sent. */
export type Asker = {
  /** Whoever has the same name shares one part of the budget. */
  readonly name: string;
  /** True when the asker is not free to make up: it answered us. */
  readonly isProved: boolean;
};

export type BudgetShares = {
  /** For all targets, within `BUDGET_WINDOW_MS`. */
  readonly countMax: number;
  /** Those of them that are kept for proved askers that had few. */
  readonly reservedCount: number;
  /** Within `ASKER_MEMORY_MS`: whoever had fewer had few. */
  readonly fewCount: number;
};

const SHARES: BudgetShares = {
  countMax: BUDGET_MAX,
  reservedCount: BUDGET_RESERVED,
  fewCount: 1,
};

type Spent = { readonly target: string; readonly asker: string; readonly atMs: number };

/**
 * One of these may serve all overlays of a node, so that the total holds for the node.
 *
 * Whoever asks most does not get most: within the window nobody has more than is left for all, and
 * the last places are for those who had few in the last seconds, and proved where they are. To
 * drain it a forger must be as many proved askers as there are such places in all that time.
 */
export class TargetBudget {
  readonly #clock: Clock;
  readonly #shares: BudgetShares;
  /** Within `ASKER_MEMORY_MS`, oldest first. BOUNDED by `countMax` in each window of that time. */
  #spent: Spent[] = [];

  constructor(clock: Clock, shares: BudgetShares = SHARES) {
    this.#clock = clock;
    this.#shares = shares;
  }

  /** Takes one datagram to `target` out of the budget; false when there is none left for this asker. */
  take(target: Address, asker: Asker): boolean {
    const nowMs = this.#clock.now();
    const start = this.#firstWithin(BUDGET_WINDOW_MS, nowMs);
    const free = this.#shares.countMax - (this.#spent.length - start);
    if (free <= 0) return false;
    const key = printAddress(target);
    let toTarget = 0;
    let own = 0;
    for (const spent of this.#spent.slice(start)) {
      if (spent.target === key) toTarget += 1;
      if (spent.asker === asker.name) own += 1;
    }
    if (toTarget >= BUDGET_PER_TARGET_MAX) return false;
    const isOpen = free > this.#shares.reservedCount && own < free;
    if (!isOpen && !(asker.isProved && this.#hadFew(asker))) return false;
    this.#spent = this.#spent.slice(this.#firstWithin(ASKER_MEMORY_MS, nowMs));
    this.#spent.push({ target: key, asker: asker.name, atMs: nowMs });
    return true;
  }

  #hadFew({ name }: Asker): boolean {
    const firstAt = this.#firstWithin(ASKER_MEMORY_MS, this.#clock.now());
    let count = 0;
    for (const spent of this.#spent.slice(firstAt)) if (spent.asker === name) count += 1;
    return count < this.#shares.fewCount;
  }

  /** Looks from the newest on: the window is nearly always the smaller part. */
  #firstWithin(spanMs: number, nowMs: number): number {
    return this.#spent.findLastIndex(({ atMs }) => nowMs - atMs >= spanMs) + 1;
  }
}
