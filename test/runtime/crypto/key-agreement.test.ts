import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { boxKey } from '../../../runtime/crypto/key-agreement.ts';

/**
 * The example of "Cryptography in NaCl" (D. J. Bernstein, 2009), section 8: shared secret and first
 * key.
 */
test('HSalsa20 of the example in the NaCl paper', () => {
  const shared = fromHex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
  const first = '1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389';
  expect(toHex(boxKey(shared))).toBe(first);
});

test('bytes in the middle of a larger buffer give the same key', () => {
  const whole = Uint8Array.from({ length: 40 }, (_, index) => index);
  expect(boxKey(whole.subarray(3, 35))).toEqual(boxKey(whole.slice(3, 35)));
});
