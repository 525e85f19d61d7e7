import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { curveOfKey } from '../../../runtime/crypto/curve-of-key.ts';
import { RECORDED_KEYS } from './recorded-keys.ts';

const crypto = await createCrypto();

test.each(RECORDED_KEYS)('the curve of a $curve key is seen', ({ curve, publicBytes }) => {
  expect(curveOfKey(publicBytes)).toBe(curve);
});

test('whatever is read as a key had its curve seen', () => {
  const spoiled = fc.record({
    key: fc.constantFrom(...RECORDED_KEYS),
    at: fc.nat({ max: 30 }),
    byte: fc.nat({ max: 255 }),
    tail: fc.uint8Array({ maxLength: 3 }),
  });
  fc.assert(
    fc.property(spoiled, fc.boolean(), ({ key, at, byte, tail }, compat) => {
      const bytes = Uint8Array.from([...key.publicBytes, ...tail]);
      bytes[at] = byte;
      const read = crypto.publicKey(bytes, { compat });
      if (read.ok) expect(curveOfKey(bytes)).toBe(read.value.curve);
    }),
    { numRuns: 500 },
  );
});
