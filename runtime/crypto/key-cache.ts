import { BoundedMap } from '../base/bounded-map.ts';

/**
 * How many imported public keys are kept. A node knows a few hundred peers and hears of a few
 * thousand; an imported key takes about 1.4 KB, so a full cache stays below 6 MB. A stranger who
 * sends new keys all the time pushes older ones out, which costs an import (12–150 µs) when their
 * owners speak again.
 */
export const CACHED_KEYS_MAX = 4096;

/** Remembers what was made of key bytes; the least recently used leaves first. */
export type KeyCache<T> = {
  /** What was kept for these bytes, which counts as a use. */
  get(keyBytes: Uint8Array): T | undefined;
  set(keyBytes: Uint8Array, value: T): void;
};

/** An empty cache for at most `countMax` keys. */
export function createKeyCache<T>(countMax: number = CACHED_KEYS_MAX): KeyCache<T> {
  const kept = new BoundedMap<string, T>({ countMax, onFull: 'drop-least-recently-used' });
  return {
    get: (keyBytes) => kept.get(nameOf(keyBytes)),
    set: (keyBytes, value) => void kept.set(nameOf(keyBytes), value),
  };
}

/** One character per byte: the cheapest text that is equal exactly when the bytes are. */
function nameOf(keyBytes: Uint8Array): string {
  return String.fromCharCode(...keyBytes);
}
