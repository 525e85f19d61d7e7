/** Who wants to hear of something. */
import { callSafely } from './promise-like.ts';

/** Stops listening; calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * Functions that are called with every event of one kind, in the order they were added. The program
 * adds them, never a peer, so nothing bounds their number.
 */
export class Listeners<Event> {
  /** BOUNDED by the program. */
  readonly #entries = new Set<{ readonly listener: (event: Event) => void }>();

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Adds a listener and gives the function that takes it away; one function added twice is called
   * twice.
   */
  add(listener: (event: Event) => void): Unsubscribe {
    const entry = { listener };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /**
   * Calls every listener that was there when the event came and still is when its turn comes. One
   * that throws, or rejects, does not keep the others from hearing: its error goes to `onError`.
   */
  emit(event: Event, onError: (error: unknown) => void): void {
    for (const entry of Array.from(this.#entries)) {
      if (!this.#entries.has(entry)) continue;
      callSafely(() => entry.listener(event), onError);
    }
  }
}
