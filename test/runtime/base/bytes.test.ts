import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
} from '../../../runtime/base/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 100 });

test('hexadecimal and base64 are what Node makes of the bytes, and back', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const buffer = Buffer.from(given);
      expect(toHex(given)).toBe(buffer.toString('hex'));
      expect(toBase64(given)).toBe(buffer.toString('base64'));
      expect(fromHex(toHex(given).toUpperCase())).toEqual(given);
      expect(fromBase64(toBase64(given))).toEqual(given);
    }),
  );
});

test('text that is neither is refused', () => {
  for (const text of ['a', 'zz', '0x', 'aa ', 'aa\n', 'é0']) {
    expect(() => fromHex(text)).toThrow(RangeError);
  }
  for (const text of ['a', 'ab', 'abc', 'ab c', 'abc=d===', 'ab-_', '====', 'YQ=a']) {
    expect(() => fromBase64(text)).toThrow(RangeError);
  }
});

test('parts are joined in order, in memory of their own', () => {
  fc.assert(
    fc.property(fc.array(bytes), (parts) => {
      const whole = concatBytes(...parts);
      expect([...whole]).toEqual(parts.flatMap((part) => [...part]));
    }),
  );
  const part = Uint8Array.of(1);
  const whole = concatBytes(part);
  part[0] = 2;
  expect(whole).toEqual(Uint8Array.of(1));
});

test('bytes are equal when every one is', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(equalBytes(a, a.slice())).toBe(true);
    }),
  );
});
