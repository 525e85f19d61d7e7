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

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, at)) return;
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (child >= this.#heap.length || !this.#swapUnlessOrdered(at, child)) return;
      at = child;
    }
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [above, below] = [this.#heap[parent], this.#heap[child]];
    if (above === undefined || below === undefined || !this.#isBefore(child, parent)) return false;
    this.#heap[parent] = below;
    this.#heap[child] = above;
    return true;
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.atUs === b.atUs ? a.order < b.order : a.atUs < b.atUs;
  }
}
