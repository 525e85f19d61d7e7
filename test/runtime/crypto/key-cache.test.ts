import { expect, test } from 'vitest';
import { createKeyCache } from '../../../runtime/crypto/key-cache.ts';
import { CACHED_KEYS_MAX } from '../../../runtime/crypto/limits.ts';

const keyOf = (number: number): Uint8Array => Uint8Array.of(number >> 16, number >> 8, number);

test('equal bytes find the same entry', () => {
  const cache = createKeyCache<string>();
  cache.set(Uint8Array.of(1, 200, 0), 'a');
  expect(cache.get(Uint8Array.of(1, 200, 0))).toBe('a');
  expect(cache.get(Uint8Array.of(1, 200))).toBeUndefined();
});

test('strangers with ever new keys do not make it grow, nor push out a key in use', () => {
  const cache = createKeyCache<number>();
  cache.set(keyOf(0), 0);
  for (let number = 1; number <= 10 * CACHED_KEYS_MAX; number++) {
    cache.set(keyOf(number), number);
    cache.get(keyOf(0));
  }
  let kept = 0;
  for (let number = 0; number <= 10 * CACHED_KEYS_MAX; number++) {
    if (cache.get(keyOf(number)) !== undefined) kept++;
  }
  expect(kept).toBe(CACHED_KEYS_MAX);
  expect(cache.get(keyOf(0))).toBe(0);
});
