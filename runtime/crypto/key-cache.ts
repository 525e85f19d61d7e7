/**
 * How many imported public keys are kept. A node knows a few hundred peers and hears of a few thousand;
 * an imported key takes about 1.4 KB, so a full cache stays below 6 MB. A stranger who sends new keys
 * all the time pushes older ones out, which costs an import (12–150 µs) when their owners speak again.
 */
export const CACHED_KEYS_MAX = 4096;

/** Remembers what was made of key bytes; the least recently used leaves first. */
export type KeyCache<T> = {
  /** What was kept for these bytes, which counts as a use. */
  get(keyBytes: Uint8Array): T | undefined;
  set(keyBytes: Uint8Array, value: T): void;
  /** Never more than the capacity. */
  readonly size: number;
};

/** An empty cache for at most `capacity` keys. */
export function createKeyCache<T>(capacity: number = CACHED_KEYS_MAX): KeyCache<T> {
  // A Map keeps the order of insertion: what was used last is put back at the end.
  const kept = new Map<string, T>();
  return {
    get(keyBytes) {
      const name = nameOf(keyBytes);
      const value = kept.get(name);
      if (value === undefined) return undefined;
      kept.delete(name);
      kept.set(name, value);
      return value;
    },
    set(keyBytes, value) {
      const name = nameOf(keyBytes);
      kept.delete(name);
      kept.set(name, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= capacity) break;
        kept.delete(oldest);
      }
    },
    get size() {
      return kept.size;
    },
  };
}

/** One character per byte: the cheapest text that is equal exactly when the bytes are. */
function nameOf(keyBytes: Uint8Array): string {
  return String.fromCharCode(...keyBytes);
}
