/**
 * What is going to happen in a world, in order of time; of two things at one time, what was planned
 * first.
 */
import type { Timer } from '../env/clock.ts';

/** Something planned; without its action, nothing happens. */
export class PlannedEvent implements Timer {
  readonly atUs: number;
  /** What is done when its time has come; undefined once cancelled. */
  action: (() => void) | undefined;

  constructor(atUs: number, action: () => void) {
    this.atUs = atUs;
    this.action = action;
  }

  cancel(): void {
    this.action = undefined;
  }
}

/** Children of a place in the heap: half as many levels as with two, and four times are one look into memory. */
const CHILDREN = 4;

/**
 * A heap: adding and taking cost O(log n). Times and order of planning are in arrays of numbers, as
 * looking into ten thousand events for theirs would miss the processor's cache each time. Cancelled
 * events stay until their time comes, without action.
 */
export class EventQueue {
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #events: PlannedEvent[] = [];
  #order = 0;

  /** Events planned, cancelled ones included. */
  get size(): number {
    return this.#events.length;
  }

  /** When the next event is due; undefined when there is none. */
  get nextUs(): number | undefined {
    return this.#times[0];
  }

  /** Plans `action` for a time in microseconds. */
  add(atUs: number, action: () => void): PlannedEvent {
    const event = new PlannedEvent(atUs, action);
    this.#rise(this.#events.length, atUs, this.#order, event);
    this.#order += 1;
    return event;
  }

  /** Takes the next event out. */
  take(): PlannedEvent | undefined {
    const first = this.#events[0];
    const last = this.#events.pop();
    const lastUs = this.#times.pop();
    const lastOrder = this.#orders.pop();
    if (first === last || last === undefined) return first;
    this.#sink(lastUs as number, lastOrder as number, last);
    return first;
  }

  /** Puts an event at a place that is free, or above it: those above that come later move down. */
  #rise(from: number, atUs: number, order: number, event: PlannedEvent): void {
    let at = from;
    while (at > 0) {
      const parent = Math.floor((at - 1) / CHILDREN);
      if (this.#isBefore(parent, atUs, order)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, atUs, order, event);
  }

  /** Puts an event at the top, which is free, or below: those below that come first move up. */
  #sink(atUs: number, order: number, event: PlannedEvent): void {
    const size = this.#events.length;
    let at = 0;
    for (;;) {
      const firstChild = CHILDREN * at + 1;
      if (firstChild >= size) break;
      const child = this.#firstOf(firstChild, Math.min(firstChild + CHILDREN, size));
      if (!this.#isBefore(child, atUs, order)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, atUs, order, event);
  }

  /** The place of the first event from `start` to before `end`. */
  #firstOf(start: number, end: number): number {
    let best = start;
    for (let at = start + 1; at < end; at++) {
      const atUs = this.#times[at] as number;
      if (!this.#isBefore(best, atUs, this.#orders[at] as number)) best = at;
    }
    return best;
  }

  /** True when the event at a place comes before what has that time and order. */
  #isBefore(place: number, atUs: number, order: number): boolean {
    const placeUs = this.#times[place] as number;
    return placeUs === atUs ? (this.#orders[place] as number) < order : placeUs < atUs;
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#times[from] as number,
      this.#orders[from] as number,
      this.#events[from] as PlannedEvent,
    );
  }

  #put(at: number, atUs: number, order: number, event: PlannedEvent): void {
    this.#times[at] = atUs;
    this.#orders[at] = order;
    this.#events[at] = event;
  }
}
