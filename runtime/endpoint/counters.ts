/** What became of the datagrams that came in: each is counted once, under one word. */

/**
 * `accepted`, or why a datagram was dropped. The first ones are the endpoint's; a receiver has
 * words of its own, as `bad-signature`. They are words of the program's and never a peer's, so they
 * are few.
 */
export type Outcome = 'accepted' | 'too-short' | 'unknown-prefix' | (string & {});

/** Counts by outcome. The sum of all is the number of datagrams that came in. */
export class Counters {
  readonly #counts = new Map<string, number>();
  #received = 0;

  /** Counts one datagram. */
  add(outcome: Outcome): void {
    this.#received += 1;
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  get(outcome: Outcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  /** Datagrams counted so far. */
  get received(): number {
    return this.#received;
  }

  /** The counts as they are now. */
  toRecord(): { readonly [outcome: string]: number } {
    return Object.fromEntries(this.#counts);
  }
}
