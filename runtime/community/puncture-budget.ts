/** How many punctures we send at the word of others. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import { PUNCTURES_MAX, PUNCTURES_PER_TARGET_MAX, PUNCTURE_WINDOW_MS } from './limits.ts';

/** One of these may serve all overlays of a node, so that the total holds for the node. */
export class PunctureBudget {
  readonly #clock: Clock;
  /** The punctures of the last window, oldest first. BOUNDED by `PUNCTURES_MAX`. */
  #spent: { readonly target: string; readonly atMs: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one puncture to `target` out of the budget; false when there is none left. */
  take(target: Address): boolean {
    const atMs = this.#clock.now();
    this.#spent = this.#spent.filter((puncture) => atMs - puncture.atMs < PUNCTURE_WINDOW_MS);
    if (this.#spent.length >= PUNCTURES_MAX) return false;
    const key = printAddress(target);
    const toTarget = this.#spent.filter((puncture) => puncture.target === key).length;
    if (toTarget >= PUNCTURES_PER_TARGET_MAX) return false;
    this.#spent.push({ target: key, atMs });
    return true;
  }
}
