import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { createStandInCrypto } from '../../../runtime/simulation/index.ts';

const real = await createCrypto();
const crypto = createStandInCrypto(real);

function newKey(level: 'curve25519' | 'very-low' = 'curve25519'): PrivateKey {
  const key = crypto.generateKey(level);
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

const [mine, yours, legacy] = [newKey(), newKey(), newKey('very-low')];

test('keys are real, and a signature has the length of a real one', () => {
  for (const key of [mine, legacy]) {
    expect(real.publicKey(key.publicKey.bytes).ok).toBe(true);
    const message = Uint8Array.of(1, 2, 3);
    const signature = crypto.sign(key, message);
    expect(signature.length).toBe(real.sign(key, message).length);
    expect(crypto.verify(key.publicKey, message, signature)).toBe(true);
    expect(real.verify(key.publicKey, message, signature)).toBe(false);
  }
});

test('a changed bit, another key, or another length is no signature', () => {
  const messages = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(messages, fc.nat(), fc.nat({ max: 511 }), (message, at, signatureBit) => {
      const signature = crypto.sign(mine, message);
      expect(crypto.verify(mine.publicKey, message, signature)).toBe(true);
      const flip = (bytes: Uint8Array, bit: number): Uint8Array =>
        bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const changed = flip(message, at % (message.length * 8));
      expect(crypto.verify(mine.publicKey, changed, signature)).toBe(false);
      expect(crypto.verify(mine.publicKey, message, flip(signature, signatureBit))).toBe(false);
      expect(crypto.verify(yours.publicKey, message, signature)).toBe(false);
      expect(crypto.verify(mine.publicKey, message, signature.subarray(1))).toBe(false);
      expect(crypto.verify(mine.publicKey, message.subarray(1), signature)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
