import { BoundedMap } from '../base/bounded-map.ts';
import { CACHED_KEYS_MAX } from './limits.ts';

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
