import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../../../runtime/base/bytes.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import type { Address } from '../../../runtime/address/address.ts';
import { DecodeError, Reader, Writer } from '../../../runtime/codegen.ts';

/** One method of the writer with its partner of the reader, and values that fit. */
type Pair<T> = {
  readonly values: Arbitrary<T>;
  readonly write: (out: Writer, value: T) => void;
  readonly read: (input: Reader) => T;
};

const F = 'field';
const MAX_16 = 0xffff;

const ipv4 = fc.tuple(fc.ipV4(), fc.nat(MAX_16)).map(([host, port]) => createAddress(host, port));
const ipv6 = fc.tuple(fc.ipV6(), fc.nat(MAX_16)).map(([host, port]) => createAddress(host, port));
const domain = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(MAX_16))
  .map(([host, port]): Address => ({ kind: 'domain', host, port }));
const text = fc.string({ unit: 'binary', maxLength: 60 });
const bytesUpTo = (maxLength: number): Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const i64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const count8 = fc.nat(0xff);
const int = (min: number, max: number): Arbitrary<number> => fc.integer({ min, max });

const bits = (width: number): Arbitrary<ReadonlySet<number>> =>
  fc.subarray(Array.from({ length: width }, (_, at) => 2 ** at)).map((some) => new Set(some));

/** Keeps the type of the values between a pair's functions, and lets pairs of all types stand in one table. */
function pair<T>(given: Pair<T>): () => void {
  return () => checkPair(given);
}

const PAIRS: { readonly [method: string]: () => void } = {
  bool: pair({ values: fc.boolean(), write: (out, v) => out.bool(v, F), read: (i) => i.bool(F) }),
  u8: pair({ values: fc.nat(0xff), write: (out, v) => out.u8(v, F), read: (i) => i.u8(F) }),
  u16: pair({ values: fc.nat(MAX_16), write: (out, v) => out.u16(v, F), read: (i) => i.u16(F) }),
  u32: pair({
    values: int(0, 2 ** 32 - 1),
    write: (out, v) => out.u32(v, F),
    read: (i) => i.u32(F),
  }),
  u64: pair({ values: u64, write: (out, v) => out.u64(v, F), read: (i) => i.u64(F) }),
  i8: pair({ values: int(-128, 127), write: (out, v) => out.i8(v, F), read: (i) => i.i8(F) }),
  i16: pair({
    values: int(-(2 ** 15), 2 ** 15 - 1),
    write: (out, v) => out.i16(v, F),
    read: (i) => i.i16(F),
  }),
  i32: pair({
    values: int(-(2 ** 31), 2 ** 31 - 1),
    write: (out, v) => out.i32(v, F),
    read: (i) => i.i32(F),
  }),
  i64: pair({ values: i64, write: (out, v) => out.i64(v, F), read: (i) => i.i64(F) }),
  f32: pair({ values: fc.float(), write: (out, v) => out.f32(v, F), read: (i) => i.f32(F) }),
  f64: pair({ values: fc.double(), write: (out, v) => out.f64(v, F), read: (i) => i.f64(F) }),
  flags8: pair({
    values: bits(8),
    write: (out, v) => out.flags8(v, F),
    read: (i) => i.flags8(F),
  }),
  flags16: pair({
    values: bits(16),
    write: (out, v) => out.flags16(v, F),
    read: (i) => i.flags16(F),
  }),
  flags32: pair({
    values: bits(32),
    write: (out, v) => out.flags32(v, F),
    read: (i) => i.flags32(F),
  }),
  fixed: pair({
    values: bytesUpTo(20).map((given) => concatBytes(given, new Uint8Array(20 - given.length))),
    write: (out, v) => out.fixed(v, 20, F),
    read: (i) => i.fixed(20, F),
  }),
  bytes8: pair({
    values: bytesUpTo(255),
    write: (out, v) => out.bytes8(v, F, 0, 255),
    read: (i) => i.bytes8(F, 0, 255),
  }),
  bytes16: pair({
    values: bytesUpTo(600),
    write: (out, v) => out.bytes16(v, F, 0, MAX_16),
    read: (i) => i.bytes16(F, 0, MAX_16),
  }),
  bytes32: pair({
    values: bytesUpTo(600),
    write: (out, v) => out.bytes32(v, F, 0, 1_000),
    read: (i) => i.bytes32(F, 0, 1_000),
  }),
  string8: pair({
    values: text,
    write: (out, v) => out.string8(v, F, 0, 255),
    read: (i) => i.string8(F, 0, 255),
  }),
  string16: pair({
    values: text,
    write: (out, v) => out.string16(v, F, 0, MAX_16),
    read: (i) => i.string16(F, 0, MAX_16),
  }),
  string32: pair({
    values: text,
    write: (out, v) => out.string32(v, F, 0, MAX_16),
    read: (i) => i.string32(F, 0, MAX_16),
  }),
  count8: pair({
    values: count8,
    write: (out, v) => out.count8(v, F, 0, 255),
    read: (i) => i.count8(F, 0, 255),
  }),
  count16: pair({
    values: fc.nat(MAX_16),
    write: (out, v) => out.count16(v, F, 0, MAX_16),
    read: (i) => i.count16(F, 0, MAX_16),
  }),
  count32: pair({
    values: int(0, 2 ** 32 - 1),
    write: (out, v) => out.count32(v, F, 0, 2 ** 32 - 1),
    read: (i) => i.count32(F, 0, 2 ** 32 - 1),
  }),
  arrayI64: pair({
    values: fc.array(i64, { maxLength: 80 }),
    write: (out, v) => out.arrayI64(v, F, 0, MAX_16),
    read: (i) => i.arrayI64(F, 0, MAX_16),
  }),
  arrayF64: pair({
    values: fc.array(fc.double(), { maxLength: 80 }),
    write: (out, v) => out.arrayF64(v, F, 0, MAX_16),
    read: (i) => i.arrayF64(F, 0, MAX_16),
  }),
  arrayBool: pair({
    values: fc.array(fc.boolean(), { maxLength: 600 }),
    write: (out, v) => out.arrayBool(v, F, 0, MAX_16),
    read: (i) => i.arrayBool(F, 0, MAX_16),
  }),
  ipv4: pair({ values: ipv4, write: (out, v) => out.ipv4(v, F), read: (i) => i.ipv4(F) }),
  ip: pair({ values: fc.oneof(ipv4, ipv6), write: (out, v) => out.ip(v, F), read: (i) => i.ip(F) }),
  address: pair({
    values: fc.oneof(ipv4, ipv6, domain),
    write: (out, v) => out.address(v, F),
    read: (i) => i.address(F),
  }),
  frame16: pair({
    values: bytesUpTo(600),
    write(out, value) {
      const start = out.enter16(F);
      out.rest(value, F);
      out.leave16(start, F);
    },
    read(input) {
      const outer = input.enter16(F);
      const value = input.rest();
      input.leave(outer, F);
      return value;
    },
  }),
};

/** The writer starts with room for 256 bytes. */
const OFFSETS = fc.oneof(fc.constantFrom(0, 240, 250, 254, 255, 256, 257, 511, 512), fc.nat(600));

function checkPair<T>({ values, write, read }: Pair<T>): void {
  fc.assert(
    fc.property(values, OFFSETS, fc.boolean(), (value, offset, compat) => {
      const out = new Writer();
      const before = Uint8Array.from({ length: offset }, (_, at) => at * 7);
      out.rest(before, 'before');
      write(out, value);
      out.u8(0xa5, 'after');
      const written = out.finish();
      expect(written.length).toBe(out.length);
      // As it arrives: a view of memory that holds other things too.
      const memory = new Uint8Array(written.length + 5).fill(0xee);
      memory.set(written, 3);
      const input = new Reader(memory.subarray(3, 3 + written.length), { compat });
      expect(input.fixed(offset, 'before')).toEqual(before);
      expect(read(input)).toEqual(value);
      expect(input.u8('after')).toBe(0xa5);
      expect(input.offset).toBe(written.length);
      input.finish();
      // Cut anywhere, it is too short and nothing else.
      const cut = new Reader(written.subarray(offset, written.length - 2));
      if (written.length - 1 > offset) expect(() => read(cut)).toThrow(DecodeError);
    }),
    { numRuns: 60 },
  );
}

for (const [method, check] of Object.entries(PAIRS)) {
  test(`${method}: what is written is read again, wherever in the buffer it stands`, check);
}

test('every method of the writer has a round trip here', () => {
  const internal = [
    'constructor',
    'length',
    'written',
    'clear',
    'finish',
    'range',
    'flag',
    'rest',
    'enter16',
    'leave16',
    'nested',
    'framed',
    'codec',
    'unknownVariant',
  ];
  const methods = Object.getOwnPropertyNames(Writer.prototype);
  const missing = methods.filter((name) => !internal.includes(name) && !(name in PAIRS));
  expect(missing).toEqual([]);
});

test('whatever the bytes, reading fails with DecodeError or not at all', () => {
  const reads: readonly ((input: Reader) => unknown)[] = [
    (i) => i.bool(F),
    (i) => i.u8(F),
    (i) => i.u16(F),
    (i) => i.u64(F),
    (i) => i.i64(F),
    (i) => i.f32(F),
    (i) => i.f64(F),
    (i) => i.fixed(5, F),
    (i) => i.bytes8(F, 1, 100),
    (i) => i.bytes16(F, 0, 100),
    (i) => i.bytes32(F, 0, 100),
    (i) => i.string8(F, 0, 100),
    (i) => i.string16(F, 0, 100),
    (i) => i.string32(F, 0, 100),
    (i) => i.count32(F, 0, 10),
    (i) => i.arrayI64(F, 0, 10),
    (i) => i.arrayF64(F, 0, 10),
    (i) => i.arrayBool(F, 0, 10),
    (i) => i.ipv4(F),
    (i) => i.ip(F),
    (i) => i.address(F),
    (i) => i.record(7, F),
    (i) => i.enter16(F),
    (i) => i.leave(i.enter16(F), F),
    (i) => i.rest(),
    (i) => i.finish(),
  ];
  const plan = fc.array(fc.constantFrom(...reads), { maxLength: 12 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), plan, fc.boolean(), (given, steps, compat) => {
      const input = new Reader(given, { compat });
      try {
        for (const step of steps) {
          step(input);
          expect(input.offset).toBeLessThanOrEqual(given.length);
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        expect(error.offset).toBeGreaterThanOrEqual(0);
        expect(error.offset).toBeLessThanOrEqual(given.length);
      }
    }),
    { numRuns: 2_000 },
  );
});
