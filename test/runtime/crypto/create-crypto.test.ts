import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, equalBytes } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { CURVE_OF_LEVEL } from '../../../runtime/crypto/keys.ts';
import type { KeyLevel, PrivateKey } from '../../../runtime/crypto/keys.ts';
import { hasSodium, PROVIDERS } from './providers.ts';
import { RECORDED_KEYS } from './recorded-keys.ts';

const LEVELS: readonly KeyLevel[] = ['very-low', 'low', 'medium', 'high', 'curve25519'];
const SIGNATURE_LENGTHS = { 'very-low': 42, low: 60, medium: 104, high: 144, curve25519: 64 };
const MESSAGE = new TextEncoder().encode('a message');

const crypto = await createCrypto();

function makeKey(level: KeyLevel, from = crypto): PrivateKey {
  const key = from.generateKey(level);
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

test('the fastest provider that loads is the default', () => {
  expect(crypto.provider).toBe(hasSodium ? 'sodium' : 'node');
});

test.each(LEVELS)('a new key of level %s survives its bytes and signs', (level) => {
  const key = makeKey(level);
  expect(key.publicKey.curve).toBe(CURVE_OF_LEVEL[level]);
  expect(key.publicKey.signatureLength).toBe(SIGNATURE_LENGTHS[level]);
  expect(crypto.privateKey(key.secret)).toEqual({ ok: true, value: key });
  expect(crypto.publicKey(key.publicKey.bytes)).toEqual({ ok: true, value: key.publicKey });

  const signature = crypto.sign(key, MESSAGE);
  expect(signature).toHaveLength(SIGNATURE_LENGTHS[level]);
  expect(crypto.verify(key.publicKey, MESSAGE, signature)).toBe(true);
  expect(crypto.verify(makeKey(level).publicKey, MESSAGE, signature)).toBe(false);
});

test.each(LEVELS)('the same randomness gives the same key of level %s', async (level) => {
  const seeded = async (): Promise<PrivateKey> => {
    let drawn = 0;
    const bytes = (size: number): Uint8Array =>
      Uint8Array.from({ length: size }, () => (drawn += 7));
    return makeKey(level, await createCrypto({ random: { bytes } }));
  };
  expect(await seeded()).toEqual(await seeded());
});

test('a source of randomness that reuses its buffer does no harm', async () => {
  const buffer = new Uint8Array(32);
  let fill = 0;
  const random = { bytes: (): Uint8Array => buffer.fill((fill += 1)) };
  for (const provider of PROVIDERS) {
    const careless = await createCrypto({ provider, random });
    const keys = [makeKey('curve25519', careless), makeKey('curve25519', careless)];
    for (const key of keys) {
      expect(careless.privateKey(key.secret)).toEqual({ ok: true, value: key });
      const signature = careless.sign(key, MESSAGE);
      expect(crypto.verify(key.publicKey, MESSAGE, signature)).toBe(true);
    }
  }
});

test('a key does not change with the buffer that it was read from', () => {
  for (const { publicBytes } of RECORDED_KEYS) {
    const buffer = publicBytes.slice();
    const key = crypto.publicKey(buffer);
    buffer.fill(0);
    expect(key.ok && equalBytes(key.value.bytes, publicBytes)).toBe(true);
  }
});

test('providers agree on keys, signatures and secrets', async () => {
  const cryptos = await Promise.all(PROVIDERS.map((provider) => createCrypto({ provider })));
  const [mine, theirs] = [makeKey('curve25519'), makeKey('curve25519')];
  const theirAgreementKey = theirs.publicKey.bytes.subarray(10, 42);
  const results = cryptos.map((each) => ({
    key: each.privateKey(mine.secret),
    signature: each.sign(mine, MESSAGE),
    agreed: each.agree(mine, theirAgreementKey),
  }));
  for (const result of results) expect(result).toEqual(results[0]);
  expect(results[0]?.agreed).toHaveLength(32);
});

test.each(PROVIDERS)(
  'S = 0, and points off the curve, are refused without a throw: %s',
  async (provider) => {
    const each = await createCrypto({ provider });
    const key = makeKey('curve25519', each);
    const signature = each.sign(key, MESSAGE);
    const zeroS = concatBytes(signature.subarray(0, 32), new Uint8Array(32));
    expect(each.verify(key.publicKey, MESSAGE, zeroS)).toBe(false);
    // y = 2 is on no point of the curve.
    const offCurve = key.publicKey.bytes.slice().fill(0, 42);
    offCurve[42] = 2;
    const loaded = each.publicKey(offCurve);
    expect(loaded.ok && each.verify(loaded.value, MESSAGE, signature)).toBe(false);
    const offCurveR = concatBytes(offCurve.subarray(42), signature.subarray(32));
    expect(each.verify(key.publicKey, MESSAGE, offCurveR)).toBe(false);
  },
);

test.each(PROVIDERS)('agreement takes only 32 bytes and a curve25519 key: %s', async (provider) => {
  const each = await createCrypto({ provider });
  const theirKey = makeKey('curve25519', each).publicKey.bytes.subarray(10, 42);
  expect(each.agree(makeKey('very-low', each), theirKey)).toBeUndefined();
  expect(each.agree(makeKey('curve25519', each), theirKey.subarray(1))).toBeUndefined();
});

test('arbitrary bytes are refused with a reason and never throw', () => {
  const prefixes = [[], 'LibNaCLPK:', 'LibNaCLSK:', '\x30\x30', '\x30\x81'].map((text) =>
    new TextEncoder().encode(String(text)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...prefixes),
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
      (prefix, rest, compat) => {
        const bytes = concatBytes(prefix, rest);
        for (const key of [
          crypto.publicKey(bytes, { compat }),
          crypto.privateKey(bytes, { compat }),
        ]) {
          if (!key.ok) expect(key.error.message).not.toBe('');
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('mutated keys never throw; what strict reading takes is in its one form', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RECORDED_KEYS),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.integer({ min: 0, max: 300 }),
      (recorded, place, change, length) => {
        for (const original of [recorded.publicBytes, recorded.privateBytes]) {
          const bytes = original.slice(0, Math.max(1, length));
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const publicKey = crypto.publicKey(bytes);
          if (publicKey.ok) expect(publicKey.value.bytes).toEqual(bytes);
          const privateKey = crypto.privateKey(bytes);
          if (privateKey.ok) expect(privateKey.value.secret).toEqual(bytes);
          crypto.publicKey(bytes, { compat: true });
          crypto.privateKey(bytes, { compat: true });
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('truncated keys are refused at every length', () => {
  for (const { publicBytes, privateBytes } of RECORDED_KEYS) {
    for (let length = 0; length < publicBytes.length; length++) {
      expect(crypto.publicKey(publicBytes.subarray(0, length), { compat: true }).ok).toBe(false);
    }
    for (let length = 0; length < privateBytes.length; length++) {
      expect(crypto.privateKey(privateBytes.subarray(0, length), { compat: true }).ok).toBe(false);
    }
  }
});

test('bytes behind a key are refused, or dropped in compat', () => {
  for (const { publicBytes, privateBytes } of RECORDED_KEYS) {
    const long = concatBytes(publicBytes, Uint8Array.of(0));
    expect(crypto.publicKey(long)).toMatchObject({ error: { code: 'trailing-bytes' } });
    const key = crypto.publicKey(long, { compat: true });
    expect(key.ok && key.value.bytes).toEqual(publicBytes);
    const longSecret = concatBytes(privateBytes, Uint8Array.of(0));
    expect(crypto.privateKey(longSecret)).toMatchObject({ error: { code: 'trailing-bytes' } });
    const secret = crypto.privateKey(longSecret, { compat: true });
    expect(secret.ok && secret.value.secret).toEqual(privateBytes);
  }
});

test('signatures of any length and content never throw', () => {
  const keys = RECORDED_KEYS.map(({ privateBytes }) => crypto.privateKey(privateBytes));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 160 }), fc.nat(200), (bytes, length) => {
      for (const key of keys) {
        if (!key.ok) throw new Error(key.error.message);
        expect(crypto.verify(key.value.publicKey, MESSAGE, bytes)).toBe(false);
        const padded = new Uint8Array(key.value.publicKey.signatureLength);
        padded.set(bytes.subarray(0, padded.length), Math.max(0, padded.length - bytes.length));
        expect(crypto.verify(key.value.publicKey, MESSAGE, padded.subarray(0, length))).toBe(false);
      }
    }),
    { numRuns: 30 },
  );
});
