import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createPeer, printMid } from '../../../runtime/peer/peer.ts';
import type { KeyVectors } from '../../vector-runner/keys.ts';

const FILE = new URL('../../vectors/keys.json', import.meta.url);
const { keys } = JSON.parse(readFileSync(FILE, 'utf8')) as KeyVectors;
const crypto = await createCrypto();

test('a peer is named by the SHA-1 of its key, as recorded', () => {
  for (const { public_bin: bytes, mid } of keys) {
    const key = crypto.publicKey(fromHex(bytes));
    if (!key.ok) throw new Error(key.error.message);
    const peer = createPeer(key.value);
    expect(peer.id).toBe(mid);
    expect(peer.mid).toEqual(fromHex(mid));
  }
});

test('two peers of one key have one id, also when bytes followed the key', () => {
  const [{ public_bin: bytes } = { public_bin: '' }] = keys;
  const plain = crypto.publicKey(fromHex(bytes));
  const padded = crypto.publicKey(fromHex(`${bytes}00`), { compat: true });
  if (!plain.ok || !padded.ok) throw new Error('both are keys');
  expect(createPeer(padded.value).id).toBe(createPeer(plain.value).id);
});

test('a mid is printed in base64', () => {
  const made = crypto.generateKey('curve25519');
  if (!made.ok) throw new Error(made.error.message);
  const { mid } = createPeer(made.value.publicKey);
  expect(printMid(mid)).toMatch(/^[A-Za-z0-9+/]{27}=$/);
});
