import { expect, test } from 'vitest';
import { createNodeRandom } from '../../../runtime/env/node-random.ts';
import { pick } from '../../../runtime/env/random.ts';

const random = createNodeRandom();

test('bytes have the size asked for, memory of their own, and differ', () => {
  for (const size of [0, 1, 32, 100_000]) {
    const bytes = random.bytes(size);
    expect(bytes.length).toBe(size);
    expect(bytes.buffer.byteLength).toBe(size);
    expect(bytes.constructor).toBe(Uint8Array);
  }
  expect(random.bytes(32)).not.toEqual(random.bytes(32));
});

test('below covers its whole range and nothing else', () => {
  const seen = new Set(Array.from({ length: 1_000 }, () => random.below(3)));
  expect([...seen].sort()).toEqual([0, 1, 2]);
  for (const bound of [1, 2 ** 32 + 1, 2 ** 48 - 1, 2 ** 48]) {
    const value = random.below(bound);
    expect(Number.isSafeInteger(value) && value >= 0 && value < bound).toBe(true);
  }
  for (const bound of [0, -1, 0.5, 2 ** 48 + 1, Number.NaN]) {
    expect(() => random.below(bound)).toThrow('broken assumption');
  }
});

test('pick gives an element, or undefined of none', () => {
  expect(['a', 'b']).toContain(pick(random, ['a', 'b']));
  expect(pick(random, [])).toBeUndefined();
});
