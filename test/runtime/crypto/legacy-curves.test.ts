import { generateKeyPairSync } from 'node:crypto';
import * as nodeCrypto from 'node:crypto';
import { expect, test } from 'vitest';
import { createLegacyCurves, createNoLegacyCurves } from '../../../runtime/crypto/legacy-curves.ts';
import { RECORDED_KEYS } from './recorded-keys.ts';

const legacy = createLegacyCurves(nodeCrypto);
const strict = { compat: false };
const legacyKeys = RECORDED_KEYS.filter(({ curve }) => curve !== 'curve25519');

test('all five curves are among the recorded keys', () => {
  expect(legacyKeys.map(({ curve }) => curve).sort()).toEqual([
    'sect163k1',
    'sect233k1',
    'sect409k1',
    'sect571k1',
    'sect571r1',
  ]);
});

test('where node:crypto is missing every key is refused by name', () => {
  const none = createNoLegacyCurves();
  for (const { curve, publicBytes, privateBytes } of legacyKeys) {
    const refusals = [none.readPublic(publicBytes, strict), none.readPrivate(privateBytes, strict)];
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ ok: false, error: { code: 'unsupported-curve' } });
      expect(!refusal.ok && refusal.error.message).toContain(curve);
    }
  }
  const random = { bytes: (size: number): Uint8Array => new Uint8Array(size) };
  expect(none.generate('sect163k1', random)).toMatchObject({ ok: false });
  expect(none.readPublic(Uint8Array.of(1), strict)).toMatchObject({ error: { code: 'malformed' } });
});

test('where OpenSSL lacks the curves every key is refused by name', () => {
  const reduced = createLegacyCurves({ ...nodeCrypto, getCurves: () => ['prime256v1'] });
  for (const { publicBytes, privateBytes } of legacyKeys) {
    expect(reduced.readPublic(publicBytes, strict).ok).toBe(false);
    expect(reduced.readPrivate(privateBytes, strict).ok).toBe(false);
  }
});

test.each([
  ['secp256r1', 'prime256v1'],
  ['secp256k1', 'secp256k1'],
  ['1.3.132.0.17', 'sect283r1'],
])('a key on %s is refused by that name', (name, namedCurve) => {
  if (namedCurve === 'sect283r1' && !nodeCrypto.getCurves().includes(namedCurve)) return;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const refusals = [
    legacy.readPublic(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })), strict),
    legacy.readPrivate(new Uint8Array(privateKey.export({ format: 'der', type: 'sec1' })), strict),
  ];
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ ok: false, error: { code: 'unsupported-curve' } });
    expect(!refusal.ok && refusal.error.message).toContain(name);
    expect(!refusal.ok && refusal.error.message).toContain('sect409k1');
  }
});

test('an RSA key is refused by that name, whatever its length', () => {
  for (const modulusLength of [1024, 2048]) {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    const bytes = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
    const refusal = legacy.readPublic(bytes, { compat: true });
    expect(refusal).toMatchObject({ ok: false, error: { code: 'unsupported-curve' } });
    expect(!refusal.ok && refusal.error.message).toContain('RSA');
  }
});

test('a point off its curve is refused', () => {
  for (const { publicBytes } of legacyKeys) {
    const bytes = publicBytes.slice();
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(legacy.readPublic(bytes, strict)).toMatchObject({ error: { code: 'malformed' } });
  }
});

test('a private number that does not belong to its point, or is 0, is refused', () => {
  for (const { privateBytes } of legacyKeys) {
    // The scalar ends before the 7 bytes of the curve's name and the public point.
    const start = privateBytes[1] === 0x81 ? 8 : 7;
    const size = privateBytes[start - 1] ?? 0;
    const other = privateBytes.slice();
    other[start + size - 1] = (other[start + size - 1] ?? 0) ^ 1;
    expect(legacy.readPrivate(other, strict)).toMatchObject({ error: { code: 'malformed' } });
    const zero = privateBytes.slice().fill(0, start, start + size);
    expect(legacy.readPrivate(zero, strict)).toMatchObject({ error: { code: 'malformed' } });
  }
});

test('a key given in place of its other half is called that', () => {
  for (const { publicBytes, privateBytes } of legacyKeys) {
    const asPublic = legacy.readPublic(privateBytes, strict);
    expect(!asPublic.ok && asPublic.error.message).toContain('this is a private key');
    const asPrivate = legacy.readPrivate(publicBytes, strict);
    expect(!asPrivate.ok && asPrivate.error.message).toContain('this is a public key');
  }
});
