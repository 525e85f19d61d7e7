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
