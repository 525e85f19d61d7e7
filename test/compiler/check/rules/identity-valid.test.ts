import { expect, test } from 'vitest';
import { fromBase64 } from '../../../../runtime/base/bytes.ts';
import { isPublicKeyForm } from '../../../../compiler/check/identity.ts';
import { createCrypto } from '../../../../runtime/crypto/create-crypto.ts';
import { CURVE_OF_LEVEL, type KeyLevel } from '../../../../runtime/crypto/keys.ts';
import { expectProblems } from '../expect-problems.ts';

test('an id has 40 digits', async () => {
  await expectProblems(`community A = hex‹"00ff"› {}`, 'identity/not-20-bytes');
});

test('a master key is base64 and a public key', async () => {
  await expectProblems(`community A = master(‹"no base64"›) {}`, 'identity/not-base64');
  await expectProblems(`community A = master(‹"AAAA"›) {}`, 'identity/not-a-key');
});

test('the keys of every level have the form of one, and no piece of theirs has', async () => {
  const crypto = await createCrypto();
  for (const level of Object.keys(CURVE_OF_LEVEL) as KeyLevel[]) {
    const key = crypto.generateKey(level);
    if (!key.ok) throw new Error(key.error.message);
    const { bytes } = key.value.publicKey;
    expect(isPublicKeyForm(bytes)).toBe(true);
    expect(isPublicKeyForm(bytes.subarray(0, -1))).toBe(false);
    expect(isPublicKeyForm(bytes.subarray(1))).toBe(false);
  }
  expect(isPublicKeyForm(fromBase64('MAA='))).toBe(false);
});
