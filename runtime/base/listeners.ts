/** Who wants to hear of something. */
import { callSafely } from './promise-like.ts';
import { append, without } from './short-arrays.ts';

/** Stops listening; calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * Functions that are called with every event of one kind, in the order they were added. The program
 * adds them, never a peer, so nothing bounds their number.
 */
export class Listeners<Event> {
  /** Replaced, never changed. BOUNDED by the program. */
  #entries: readonly { readonly listener: (event: Event) => void }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /**
   * Adds a listener and gives the function that takes it away; one function added twice is called
   * twice.
   */
  add(listener: (event: Event) => void): Unsubscribe {
    const entry = { listener };
    this.#entries = append(this.#entries, entry);
    return () => {
      this.#entries = without(this.#entries, entry);
    };
  }

  /**
   * Calls every listener that was there when the event came and still is when its turn comes. One
   * that throws, or rejects, does not keep the others from hearing: its error goes to `onError`.
   */
  emit(event: Event, onError: (error: unknown) => void): void {
    for (const entry of this.#entries) {
      if (!this.#entries.includes(entry)) continue;
      callSafely(() => entry.listener(event), onError);
    }
  }
}
