import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { loadNodeCrypto, loadProvider } from '../../../runtime/crypto/load-providers.ts';
import { createSodiumProvider } from '../../../runtime/crypto/providers/sodium.ts';
import { hasSodium, PROVIDERS } from './providers.ts';

test.each(PROVIDERS)('%s loads when asked for', async (name) => {
  const provider = await loadProvider(await loadNodeCrypto(), name);
  expect(provider?.name).toBe(name);
});

test('without node:crypto there is sodium or noble, and no node', async () => {
  expect(await loadProvider(undefined, 'node')).toBeUndefined();
  const fallback = await loadProvider(undefined);
  expect(fallback?.name).toBe(hasSodium ? 'sodium' : 'noble');
});

test('something else under the name of sodium-native is not taken', () => {
  for (const loaded of [undefined, null, 7, {}, { default: {} }, { crypto_scalarmult: 1 }]) {
    expect(createSodiumProvider(loaded)).toBeUndefined();
  }
});

test.runIf(!hasSodium)('asking for a provider that does not load says so', async () => {
  await expect(createCrypto({ provider: 'sodium' })).rejects.toThrow('"sodium" does not load');
});
