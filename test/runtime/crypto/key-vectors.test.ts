import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { checkKeys } from '../../vector-runner/keys.ts';
import type { KeyVectors } from '../../vector-runner/keys.ts';
import { PROVIDERS } from './providers.ts';

const FILE = new URL('../../vectors/keys.json', import.meta.url);
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as KeyVectors;

/** The differences that keys show; others belong to packets and formats. */
const KEY_DIFFERENCES = [
  'compressed-point',
  'empty-key',
  'empty-message-signature',
  'other-curves',
  'padded-ecdsa-signature',
  'rsa-key',
  'shifted-signature',
  'short-curve25519-key',
  'trailing-key-bytes',
];

for (const provider of PROVIDERS) {
  test(`every recorded key case comes out as recorded, or differs by name: ${provider}`, async () => {
    const results = checkKeys(vectors, await createCrypto({ provider }));
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
    const used = new Set(results.flatMap(({ difference }) => difference ?? []));
    expect([...used].sort()).toEqual(KEY_DIFFERENCES);
    expect(results.length).toBeGreaterThan(500);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  });
}
