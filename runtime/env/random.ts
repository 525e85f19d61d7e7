/** Chance. In the real world every method draws from the secure source. */
export type Random = {
  /** `size` unpredictable bytes. */
  bytes(size: number): Uint8Array;
  /** A whole number in 0 … `bound` − 1; `bound` is 1 … 2^48. */
  below(bound: number): number;
};

/** One element, or undefined of none. */
export function pick<T>(random: Random, from: readonly T[]): T | undefined {
  return from.length === 0 ? undefined : from[random.below(from.length)];
}

/** `count` different elements, or all when there are no more, each as likely as the others. */
export function sample<T>(random: Random, from: readonly T[], count: number): readonly T[] {
  const drawn: T[] = [];
  /** Where an element drawn already would stand, stands the last one that was not. */
  const moved = new Map<number, number>();
  for (let left = from.length; left > 0 && drawn.length < count; left--) {
    const at = random.below(left);
    drawn.push(from[moved.get(at) ?? at] as T);
    moved.set(at, moved.get(left - 1) ?? left - 1);
  }
  return drawn;
}
