import { expect, test } from 'vitest';
import { DhtValue, PlainValue, SignedValue } from '../../../generated/dht.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { decode, encode } from '../../../runtime/codegen.ts';

test('a plain value of the DHT is all that follows the tag', () => {
  const value = { kind: 'plainValue', value: new PlainValue({ data: fromHex('aabb') }) } as const;
  expect(toHex(encode(DhtValue, value))).toBe('00aabb');
  expect(decode(DhtValue, fromHex('00aabb'))).toEqual({ ok: true, value });
});

test('behind a signed value of the DHT stands its signature', () => {
  const signed = new SignedValue({
    data: fromHex('aabb'),
    version: 7,
    publicKey: fromHex('4c'),
  });
  const value = { kind: 'signedValue', value: signed } as const;
  const bytes = fromHex('010002aabb0000000700014c');
  expect(encode(DhtValue, value)).toEqual(bytes);
  const stored = Uint8Array.of(...bytes, ...new Uint8Array(64));
  expect(decode(DhtValue, stored, { tolerateTrailing: true })).toEqual({ ok: true, value });
  expect(decode(DhtValue, stored)).toMatchObject({
    ok: false,
    error: { reason: 'trailing-bytes' },
  });
});

test.each(['02', 'ff00', ''])('of another tag there is no value: "%s"', (hex) => {
  const reason = hex === '' ? 'too-short' : 'unknown-variant';
  expect(decode(DhtValue, fromHex(hex))).toMatchObject({ ok: false, error: { reason } });
});
