import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { hasSodium, PROVIDERS } from './providers.ts';

type MixedCase = {
  readonly id: string;
  readonly what: string;
  readonly public_key: string;
  readonly message: string;
  readonly signature: string;
  readonly cofactored: boolean;
  readonly libsodium: boolean;
};

const FILE = new URL('../../vectors-own/ed25519-mixed-order.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly cases: readonly MixedCase[];
};

const recorded = cases.map(({ id, what, libsodium }) => ({ id, what, isValid: libsodium }));

for (const provider of PROVIDERS) {
  test(`${provider} gives libsodium's verdict on odd points and scalars`, async () => {
    const crypto = await createCrypto({ provider });
    const ours = cases.map((entry) => {
      const tag = new TextEncoder().encode('LibNaCLPK:');
      const bytes = concatBytes(tag, new Uint8Array(32), fromHex(entry.public_key));
      const key = crypto.publicKey(bytes);
      if (!key.ok) throw new Error(key.error.message);
      const isValid = crypto.verify(key.value, fromHex(entry.message), fromHex(entry.signature));
      return { id: entry.id, what: entry.what, isValid };
    });
    expect(ours).toEqual(recorded);
  });
}

test.runIf(hasSodium)('the recorded verdicts are still those of sodium-native', () => {
  const sodium = createRequire(import.meta.url)('sodium-native') as {
    crypto_sign_verify_detached(s: Uint8Array, m: Uint8Array, k: Uint8Array): boolean;
  };
  const now = cases.map(({ id, what, ...entry }) => {
    const [signature, message, key] = [entry.signature, entry.message, entry.public_key].map(
      fromHex,
    );
    if (signature === undefined || message === undefined || key === undefined) throw new Error(id);
    return { id, what, isValid: sodium.crypto_sign_verify_detached(signature, message, key) };
  });
  expect(now).toEqual(recorded);
});

test('the cases tell cofactored from cofactorless verification', () => {
  const differing = cases.filter(({ cofactored, libsodium }) => cofactored && !libsodium);
  expect(differing.length).toBeGreaterThan(50);
  expect(cases.filter(({ libsodium }) => libsodium).length).toBeGreaterThan(10);
});
