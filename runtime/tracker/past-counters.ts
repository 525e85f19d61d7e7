/** What communities counted that are gone, and what founded none. */
import { type Counters, createCounters } from '../community/counters.ts';

export class PastCounters {
  readonly counters: { -readonly [Name in keyof Counters]: number } = createCounters();

  add(counted: Counters): void {
    // `Object.entries` forgets which texts the keys are.
    for (const [outcome, count] of Object.entries(counted) as [keyof Counters, number][]) {
      this.counters[outcome] += count;
    }
  }
}
