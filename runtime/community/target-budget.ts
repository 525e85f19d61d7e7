/** How many datagrams of one kind we send to targets that others name. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import { BUDGET_MAX, BUDGET_PER_TARGET_MAX, BUDGET_WINDOW_MS } from './limits.ts';

/** One of these may serve all overlays of a node, so that the total holds for the node. */
export class TargetBudget {
  readonly #clock: Clock;
  readonly #countMax: number;
  /** What was sent within the last window, oldest first. BOUNDED by `countMax`. */
  #spent: { readonly target: string; readonly atMs: number }[] = [];

  /** `countMax` is for all targets within the window. */
  constructor(clock: Clock, countMax: number = BUDGET_MAX) {
    this.#clock = clock;
    this.#countMax = countMax;
  }

  /** Takes one datagram to `target` out of the budget; false when there is none left. */
  take(target: Address): boolean {
    const atMs = this.#clock.now();
    this.#spent = this.#spent.filter((sent) => atMs - sent.atMs < BUDGET_WINDOW_MS);
    if (this.#spent.length >= this.#countMax) return false;
    const key = printAddress(target);
    const toTarget = this.#spent.filter((sent) => sent.target === key).length;
    if (toTarget >= BUDGET_PER_TARGET_MAX) return false;
    this.#spent.push({ target: key, atMs });
    return true;
  }
}
