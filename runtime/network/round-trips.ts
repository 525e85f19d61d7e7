/** How long peers took to answer: the last few times of each. */

import { ROUND_TRIPS_PER_PEER_MAX } from './limits.ts';

const NONE: readonly number[] = [];

/** Only of peers that are known: whoever forgets a peer forgets its times. */
export class RoundTrips {
  /** BOUNDED by the number of peers, and `ROUND_TRIPS_PER_PEER_MAX` of each. */
  readonly #byId = new Map<string, readonly number[]>();

  add(id: string, roundTripMs: number): void {
    const times = [...this.of(id), roundTripMs];
    this.#byId.set(id, times.slice(-ROUND_TRIPS_PER_PEER_MAX));
  }

  /** Milliseconds, the newest last. */
  of(id: string): readonly number[] {
    return this.#byId.get(id) ?? NONE;
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }
}
