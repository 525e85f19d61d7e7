import { expect, test } from 'vitest';
import { toHex } from '../../../runtime/base/bytes.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { decode, EncodeError, encode, Writer, type Reader } from '../../../runtime/codegen.ts';

function written(action: (out: Writer) => void): string {
  const out = new Writer();
  action(out);
  return toHex(out.finish());
}

/** `field: detail` of the error. */
function problem(action: (out: Writer) => void): string {
  try {
    action(new Writer());
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    expect(error.message).toBe(`${error.field}: ${error.detail}`);
    return error.message;
  }
  return 'none';
}

/** A value of the wrong type, as a caller without a type checker may give it. */
function wrong<T>(value: unknown): T {
  return value as T;
}

const WHOLE = {
  u8: { min: 0, max: 0xff, hex: ['00', 'ff'] },
  u16: { min: 0, max: 0xffff, hex: ['0000', 'ffff'] },
  u32: { min: 0, max: 0xffffffff, hex: ['00000000', 'ffffffff'] },
  i8: { min: -0x80, max: 0x7f, hex: ['80', '7f'] },
  i16: { min: -0x8000, max: 0x7fff, hex: ['8000', '7fff'] },
  i32: { min: -0x80000000, max: 0x7fffffff, hex: ['80000000', '7fffffff'] },
} as const;

for (const [method, { min, max, hex }] of Object.entries(WHOLE)) {
  test(`${method} takes whole numbers from ${min} to ${max} and nothing else`, () => {
    const write = (value: number) => (out: Writer) => out[method as keyof typeof WHOLE](value, 'f');
    expect([written(write(min)), written(write(max))]).toEqual(hex);
    const odd = [min - 1, max + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)];
    for (const value of [...odd, '1', 1n, null, undefined, true, [1], {}]) {
      expect(problem(write(wrong(value)))).toContain(`is not a whole number in ${min}..${max}`);
    }
    expect(written(write(-0))).toBe(written(write(0)));
  });
}

test('flags are a set of single bits that fit', () => {
  expect(written((out) => out.flags8(new Set([128, 1]), 'f'))).toBe('81');
  expect(written((out) => out.flags16(new Set(), 'f'))).toBe('0000');
  expect(written((out) => out.flags32(new Set([2 ** 31, 2 ** 30]), 'f'))).toBe('c0000000');
  for (const value of [3, 0, -1, 256, 0.5, Number.NaN, -(2 ** 31), 2 ** 32, '1', null]) {
    expect(problem((out) => out.flags8(new Set([wrong<number>(value)]), 'f'))).toContain(
      'is not one of 8 bits',
    );
  }
  for (const value of [3, [1], null, undefined]) {
    expect(problem((out) => out.flags16(wrong(value), 'f'))).toBe('f: expected a set of flags');
  }
});

test('64-bit numbers are bigints in range and nothing else', () => {
  expect(written((out) => out.u64(2n ** 64n - 1n, 'f'))).toBe('ff'.repeat(8));
  expect(written((out) => out.i64(-(2n ** 63n), 'f'))).toBe('8000000000000000');
  for (const value of [-1n, 2n ** 64n, 1, '1', null, undefined]) {
    expect(problem((out) => out.u64(wrong(value), 'f'))).toContain('f: ');
  }
  for (const value of [-(2n ** 63n) - 1n, 2n ** 63n, 1, undefined]) {
    expect(problem((out) => out.i64(wrong(value), 'f'))).toContain('f: ');
    expect(problem((out) => out.arrayI64([wrong(value)], 'f', 0, 9))).toContain('f: ');
  }
});

test('floats are not rounded behind the caller’s back', () => {
  expect(written((out) => out.f32(1.5, 'f'))).toBe('3fc00000');
  expect(written((out) => out.f32(-0, 'f'))).toBe('80000000');
  expect(written((out) => out.f32(Number.NaN, 'f'))).toBe('7fc00000');
  expect(problem((out) => out.f32(0.1, 'f'))).toContain('0.1 is not a 32-bit float');
  expect(problem((out) => out.f32(1e300, 'f'))).toContain('is not a 32-bit float');
  for (const value of ['1', 1n, null]) {
    expect(problem((out) => out.f32(wrong(value), 'f'))).toContain('expected a number');
    expect(problem((out) => out.f64(wrong(value), 'f'))).toContain('expected a number');
    expect(problem((out) => out.arrayF64([wrong(value)], 'f', 0, 9))).toContain('expected numbers');
  }
});

test('a bool is true or false', () => {
  expect(written((out) => out.arrayBool([true, false], 'f', 0, 9))).toBe('02000100');
  for (const value of [1, 0, 'true', null, undefined]) {
    expect(problem((out) => out.bool(wrong(value), 'f'))).toContain('expected a boolean');
  }
});

test('bytes have the size that the schema says', () => {
  const bytes = new Uint8Array(300);
  expect(problem((out) => out.fixed(bytes, 20, 'f'))).toBe('f: expected 20 bytes, got 300');
  expect(problem((out) => out.bytes8(bytes, 'f', 0, 300))).toContain(
    '300 is not a whole number in 0..255',
  );
  expect(problem((out) => out.bytes16(bytes, 'f', 0, 299))).toContain(
    'length 300 is outside 0..299',
  );
  expect(problem((out) => out.bytes32(new Uint8Array(0), 'f', 1, 2))).toContain(
    'length 0 is outside 1..2',
  );
  expect(problem((out) => out.bytes16(new Uint8Array(65_536), 'f', 0, 100_000))).toContain(
    '0..65535',
  );
  for (const value of ['aa', [1], null, new ArrayBuffer(2), undefined]) {
    expect(problem((out) => out.bytes8(wrong(value), 'f', 0, 9))).toContain(
      'expected a Uint8Array',
    );
    expect(problem((out) => out.fixed(wrong(value), 1, 'f'))).toContain('expected a Uint8Array');
    expect(problem((out) => out.rest(wrong(value), 'f'))).toContain('expected a Uint8Array');
  }
});

test('a text’s bounds count its UTF-8 bytes, and it must be Unicode', () => {
  expect(written((out) => out.string8('é', 'f', 2, 2))).toBe('02c3a9');
  expect(problem((out) => out.string8('é', 'f', 0, 1))).toContain('length 2 is outside 0..1');
  expect(problem((out) => out.string16('a\ud800', 'f', 0, 9))).toContain('half a surrogate pair');
  for (const value of [1, null, undefined, ['a']]) {
    expect(problem((out) => out.string32(wrong(value), 'f', 0, 9))).toContain('expected a string');
  }
});

test('lists and arrays have bounds', () => {
  expect(problem((out) => out.count8(3, 'f', 0, 2))).toContain('length 3 is outside 0..2');
  expect(problem((out) => out.count16(0, 'f', 1, 2))).toContain('length 0 is outside 1..2');
  expect(problem((out) => out.arrayBool([true], 'f', 0, 0))).toContain('length 1 is outside 0..0');
  const long = Array<boolean>(65_536).fill(true);
  expect(problem((out) => out.arrayBool(long, 'f', 0, 100_000))).toContain('65536 is not');
});

test('an address fits its field', () => {
  const name = createAddress('example.org', 1);
  const ipv6 = createAddress('::1', 1);
  expect(problem((out) => out.ipv4(ipv6, 'f'))).toBe('f: expected an IPv4 address, got "::1"');
  expect(problem((out) => out.ip(name, 'f'))).toBe('f: expected an IP address, got "example.org"');
  expect(problem((out) => out.ipv4({ ...ipv6, kind: 'ipv4' }, 'f'))).toContain(
    'is not an IPv4 address',
  );
  expect(problem((out) => out.ip({ ...name, kind: 'ipv6' }, 'f'))).toContain(
    'is not an IPv6 address',
  );
  expect(problem((out) => out.address(createAddress('a'.repeat(65_536), 1), 'f'))).toContain('f: ');
  for (const port of [-1, 65_536, 1.5, Number.NaN]) {
    for (const host of ['1.2.3.4', '::1', 'example.org']) {
      expect(problem((out) => out.address(createAddress(host, port), 'f'))).toContain('0..65535');
    }
  }
});

test('a frame holds 65,535 bytes', () => {
  const frame = (size: number) => (out: Writer) => {
    const start = out.enter16('f');
    out.rest(new Uint8Array(size), 'f');
    out.leave16(start, 'f');
  };
  expect(written(frame(0xffff)).slice(0, 4)).toBe('ffff');
  expect(problem(frame(0x10000))).toBe('f: takes 65536 bytes, its frame holds 65535');
});

test('ranges are held, also against what is no number', () => {
  const out = new Writer();
  expect(out.range(5, 5, 6, 'f')).toBe(5);
  expect(problem((each) => each.range(7, 5, 6, 'f'))).toContain('7 is not a whole number in 5..6');
  expect(problem((each) => each.range(Number.NaN, 5, 6, 'f'))).toContain('NaN');
  expect(problem((each) => each.range(7n, 5n, 6n, 'f'))).toContain('7');
});

test('a message larger than 16 MiB is refused before the memory is asked for', () => {
  const block = new Uint8Array(4 * 1024 * 1024);
  const out = new Writer();
  for (let count = 0; count < 4; count++) out.rest(block, 'f');
  expect(out.length).toBe(16 * 1024 * 1024);
  expect(() => out.u8(1, 'f')).toThrow('larger than 16777216 bytes');
});

test('what finish gives belongs to the caller', () => {
  const out = new Writer();
  out.u16(0x0102, 'f');
  const first = out.finish();
  first.fill(0);
  out.u8(3, 'f');
  expect(toHex(out.finish())).toBe('010203');
});

/** As the compiler would write it. */
const Pair = {
  messageName: 'Pair',
  encode(value: { readonly a: number; readonly b: number }, out: Writer): void {
    out.u8(value.a, 'a');
    out.u8(value.b, 'b');
  },
  decode(input: Reader): { a: number; b: number } {
    return { a: input.u8('a'), b: input.u8('b') };
  },
};

test('encode and decode name the message', () => {
  expect(decode(Pair, encode(Pair, { a: 1, b: 2 }))).toEqual({ ok: true, value: { a: 1, b: 2 } });
  expect(() => encode(Pair, { a: 1, b: 256 })).toThrow(
    'Pair.b: 256 is not a whole number in 0..255',
  );
  const short = decode(Pair, Uint8Array.of(1));
  expect(short.ok ? '' : short.error.message).toBe('Pair.b at offset 1: needs 1 bytes, 0 are left');
  const long = decode(Pair, Uint8Array.of(1, 2, 3));
  expect(long.ok ? '' : `${long.error.reason} ${long.error.messageName}`).toBe(
    'trailing-bytes Pair',
  );
  expect(decode(Pair, Uint8Array.of(1, 2, 3), { tolerateTrailing: true }).ok).toBe(true);
  // Compat does not reach the end of the packet: leftovers there are an error too.
  expect(decode(Pair, Uint8Array.of(1, 2, 3), { compat: true }).ok).toBe(false);
});

test('only decode errors become results: our own mistakes stay loud', () => {
  const broken = {
    messageName: 'Broken',
    encode(): void {
      throw new TypeError('ours');
    },
    decode(): never {
      throw new TypeError('ours');
    },
  };
  expect(() => decode(broken, new Uint8Array(1))).toThrow(TypeError);
  expect(() => encode(broken, undefined)).toThrow(TypeError);
});

test('a writer that is cleared begins anew; what was finished stays as it was', () => {
  const out = new Writer();
  out.u32(0x01020304, 'a');
  const finished = out.finish();
  out.clear();
  expect(out.length).toBe(0);
  out.u8(9, 'b');
  expect([...out.written]).toEqual([9]);
  expect([...finished]).toEqual([1, 2, 3, 4]);
});
