/**
 * What is going to happen in a world, in order of time; of two things at one time, what was planned
 * first.
 */

/** Something planned; without its action, nothing happens. */
export type PlannedEvent = {
  readonly atUs: number;
  /** What is done when its time has come; undefined once cancelled. */
  action: (() => void) | undefined;
};

type Node = PlannedEvent & { readonly order: number };

/**
 * A binary heap: adding and taking cost O(log n). Cancelled events stay until their time comes,
 * without action.
 */
export class EventQueue {
  readonly #heap: Node[] = [];
  #order = 0;

  /** Events planned, cancelled ones included. */
  get size(): number {
    return this.#heap.length;
  }

  /** When the next event is due; undefined when there is none. */
  get nextUs(): number | undefined {
    return this.#heap[0]?.atUs;
  }

  /** Plans `action` for a time in microseconds. */
  add(atUs: number, action: () => void): PlannedEvent {
    const node: Node = { atUs, action, order: this.#order };
    this.#order += 1;
    this.#heap.push(node);
    this.#rise(this.#heap.length - 1);
    return node;
  }

  /** Takes the next event out. */
  take(): PlannedEvent | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#heap[0] = last;
    this.#sink(0);
    return first;
  }

  /** Moves those above a place down until what is at the end fits there. */
  #rise(from: number): void {
    const heap = this.#heap;
    const node = heap[from];
    if (node === undefined) return;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || isBefore(parent, node)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = node;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const node = heap[from];
    if (node === undefined) return;
    let at = from;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (isBefore(node, child)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = node;
  }
}

function isBefore(one: Node, other: Node): boolean {
  return one.atUs === other.atUs ? one.order < other.order : one.atUs < other.atUs;
}
