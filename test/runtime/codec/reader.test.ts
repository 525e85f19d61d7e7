import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '../../../runtime/base/bytes.ts';
import { DecodeError, Reader } from '../../../runtime/codegen.ts';

const read = (hex: string, options: { readonly compat?: boolean } = {}): Reader =>
  new Reader(fromHex(hex.replaceAll(' ', '')), options);
const compat = (hex: string): Reader => read(hex, { compat: true });

/** `reason@offset: detail` of the error. */
function problem(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(error.field).not.toBe('');
    return `${error.reason}@${error.offset}: ${error.detail}`;
  }
  return 'none';
}

test('numbers are big-endian, arrays little-endian', () => {
  expect(read('0102').u16('f')).toBe(0x0102);
  expect(read('fffefdfc').u32('f')).toBe(0xfffefdfc);
  expect(read('ff').i8('f')).toBe(-1);
  expect(read('8000').i16('f')).toBe(-0x8000);
  expect(read('80000000').i32('f')).toBe(-0x80000000);
  expect(read('fffefdfcfbfaf9f8').u64('f')).toBe(0xfffefdfcfbfaf9f8n);
  expect(read('ffffffffffffffff').i64('f')).toBe(-1n);
  expect(read('3fc00000').f32('f')).toBe(1.5);
  expect(read('3ff8000000000000').f64('f')).toBe(1.5);
  expect(read('0100 0200000000000000').arrayI64('f', 0, 9)).toEqual([2n]);
  expect(read('0100 000000000000f83f').arrayF64('f', 0, 9)).toEqual([1.5]);
  expect(read('0200 0001').arrayBool('f', 0, 9)).toEqual([false, true]);
});

test('flags are the bits that are set, whether a schema names them or not', () => {
  expect([...read('81').flags8('f')]).toEqual([1, 128]);
  expect([...read('8000').flags16('f')]).toEqual([0x8000]);
  expect([...read('ffffffff').flags32('f')]).toEqual(
    Array.from({ length: 32 }, (_, at) => 2 ** at),
  );
  expect(read('0000').flags16('f').size).toBe(0);
  expect(problem(() => read('00').flags16('f'))).toContain('too-short@0');
});

test('an error says what, where, and for which field', () => {
  const error = new DecodeError(
    'too-short',
    { field: 'port', offset: 3, messageName: 'Hello' },
    'x',
  );
  expect(error.message).toBe('Hello.port at offset 3: x');
  const input = read('01 02 03');
  input.u8('a');
  expect(problem(() => input.u32('b'))).toBe('too-short@1: needs 4 bytes, 2 are left');
  // A read that failed took nothing.
  expect(input.offset).toBe(1);
});

test('an error in a struct or list names the way to the field', () => {
  const node = { decode: (input: Reader) => input.u16('port') };
  const list = {
    decode(input: Reader) {
      input.path.openList('nodes');
      for (let at = 0; at < 3; at++) {
        input.path.nextElement();
        input.nested(node, 'address');
      }
      input.path.closeList();
      return input.u8('count');
    },
  };
  const fieldOf = (hex: string): string => {
    try {
      read(hex).framed(list, 'body');
    } catch (error) {
      if (error instanceof DecodeError) return `${error.field}@${error.offset}`;
    }
    return 'none';
  };
  expect(fieldOf('00')).toBe('body@0');
  expect(fieldOf('0003 0001 00')).toBe('body.nodes[1].address.port@4');
  expect(fieldOf('0006 0001 0002 0003')).toBe('body.count@8');
  expect(fieldOf('0008 0001 0002 0003 04 05')).toBe('body@9');
  expect(fieldOf('0007 0001 0002 0003 04')).toBe('none');
});

test('a bool is 0 or 1; py-ipv8 takes any other for true', () => {
  expect(problem(() => read('02').bool('f'))).toBe('bad-bool@0: expected 0 or 1, found 2');
  expect(compat('02').bool('f')).toBe(true);
  expect(problem(() => read('0200 0102').arrayBool('f', 0, 9))).toContain('bad-bool@3');
  expect(compat('0200 0102').arrayBool('f', 0, 9)).toEqual([true, true]);
});

test('lengths are held against the bounds, and the error points at the length', () => {
  expect(problem(() => read('02 aabb').bytes8('f', 0, 1))).toContain('out-of-bounds@1');
  expect(problem(() => read('00').bytes8('f', 1, 9))).toContain('length 0 is outside 1..9');
  expect(problem(() => read('03').count8('f', 0, 2))).toContain('out-of-bounds@0');
  expect(problem(() => read('0003').count16('f', 0, 2))).toContain('out-of-bounds@0');
  expect(problem(() => read('ffffffff').count32('f', 0, 2))).toContain('out-of-bounds@0');
  expect(problem(() => read('0200').arrayBool('f', 0, 1))).toContain('out-of-bounds@0');
  expect(compat('02 aabb').bytes8('f', 0, 1)).toEqual(fromHex('aabb'));
  expect(compat('03').count8('f', 0, 2)).toBe(3);
});

test('a length beyond the end is too short; compat takes what is there', () => {
  for (const method of ['bytes8', 'bytes16', 'bytes32'] as const) {
    const size = { bytes8: '05', bytes16: '0005', bytes32: '00000005' }[method];
    expect(problem(() => read(`${size}aabb`)[method]('f', 0, 9))).toContain(
      'needs 5 bytes, 2 are left',
    );
    expect(compat(`${size}aabb`)[method]('f', 0, 9)).toEqual(fromHex('aabb'));
  }
  expect(compat('05 6162').string8('f', 0, 9)).toBe('ab');
  expect(problem(() => read('ffffffff 00').bytes32('f', 0, 2 ** 32 - 1))).toContain('too-short');
});

test('arrays of compat may be short by whole elements only', () => {
  expect(compat('0300 0000000000000000').arrayI64('f', 0, 9)).toEqual([0n]);
  expect(problem(() => compat('0300 00000000').arrayI64('f', 0, 9))).toContain('too-short');
  expect(problem(() => read('0300 0000000000000000').arrayI64('f', 0, 9))).toContain('too-short');
});

test('text is UTF-8, and a byte order mark is part of it', () => {
  expect(read('03 efbbbf').string8('f', 0, 9)).toBe('\ufeff');
  for (const hex of ['01 ff', '02 c080', '03 eda080', '04 f4908080', '01 c3']) {
    expect(problem(() => read(hex).string8('f', 0, 9))).toContain('bad-text@1: not UTF-8');
    expect(problem(() => compat(hex).string8('f', 0, 9))).toContain('bad-text');
  }
});

test('an address has a tag that is defined, and allowed', () => {
  expect(read('01 01020304 0050').ip('f')).toEqual({ kind: 'ipv4', host: '1.2.3.4', port: 80 });
  expect(read(`03 ${'00'.repeat(15)}01 0050`).address('f').host).toBe('::1');
  expect(read('02 0001 61 0050').address('f')).toEqual({ kind: 'domain', host: 'a', port: 80 });
  expect(problem(() => read('02 0001 61 0050').ip('f'))).toBe(
    'bad-address@0: no IP address has tag 2',
  );
  for (const tag of ['00', '04', 'ff']) {
    expect(problem(() => read(`${tag} 01020304 0050`).ip('f'))).toContain('bad-address@0');
    expect(problem(() => compat(`${tag} 01020304 0050`).address('f'))).toContain('bad-address@0');
  }
});

test('what is read is a copy with memory of its own', () => {
  const memory = fromHex('00 02aabb ccdd'.replaceAll(' ', ''));
  const input = new Reader(memory.subarray(1));
  const values = [input.bytes8('f', 0, 9), input.rest()];
  memory.fill(0);
  expect(values).toEqual([fromHex('aabb'), fromHex('ccdd')]);
  for (const value of values) {
    expect(value.buffer.byteLength).toBe(value.length);
    expect(value.constructor).toBe(Uint8Array);
  }
  const fromBuffer = new Reader(Buffer.from([1, 2])).rest();
  expect(fromBuffer.constructor).toBe(Uint8Array);
});

test('the longer byte fields of a message share one copy of it', () => {
  const memory = new Uint8Array(1000).map((_, at) => at);
  const input = new Reader(memory.subarray(100, 900));
  const values = [input.fixed(64, 'f'), input.fixed(65, 'f'), input.fixed(300, 'f'), input.rest()];
  memory.fill(0);
  expect(values.map((value) => value[0])).toEqual([100, 164, 229, 529 % 256]);
  expect(values.map(({ length }) => length)).toEqual([64, 65, 300, 371]);
  const [small, ...large] = values.map(({ buffer }) => buffer);
  expect(small?.byteLength).toBe(64);
  expect(new Set(large).size).toBe(1);
  // From the first of them to the end.
  expect(large[0]?.byteLength).toBe(736);
  for (const value of values) expect(value.constructor).toBe(Uint8Array);
});

test('a frame bounds what is read in it, and nothing may be left', () => {
  const input = read('0002 aabb cc');
  const outer = input.enter16('frame');
  expect(problem(() => input.u32('f'))).toContain('needs 4 bytes, 2 are left');
  expect(input.u8('f')).toBe(0xaa);
  expect(problem(() => input.leave(outer, 'frame'))).toContain(
    'trailing-bytes@3: 1 bytes are left',
  );
  input.u8('f');
  expect(input.more()).toBe(false);
  input.leave(outer, 'frame');
  expect(input.more()).toBe(true);
  expect(input.u8('f')).toBe(0xcc);
  input.finish();
});

test('frames stand in frames; one that reaches out of its own is too short', () => {
  const input = read('0005 0003 aabbcc dd');
  const outer = input.enter16('outer');
  const inner = input.enter16('inner');
  expect(input.rest()).toEqual(fromHex('aabbcc'));
  input.leave(inner, 'inner');
  expect(input.more()).toBe(false);
  input.leave(outer, 'outer');
  expect(input.rest()).toEqual(fromHex('dd'));
  const wrong = read('0003 0003 aabbcc');
  wrong.enter16('outer');
  expect(problem(() => wrong.enter16('inner'))).toContain('too-short@4');
});

test('compat skips what is left in a frame and reads a frame that is short', () => {
  const surplus = compat('0003 aabbcc dd');
  const outer = surplus.enter16('frame');
  surplus.u8('f');
  surplus.leave(outer, 'frame');
  expect(surplus.u8('f')).toBe(0xdd);
  const short = compat('0009 aabb');
  const end = short.enter16('frame');
  expect(short.rest()).toEqual(fromHex('aabb'));
  short.leave(end, 'frame');
  short.finish();
});

test('the last record of a list may be short in compat', () => {
  expect(problem(() => read('aabb').record(3, 'f'))).toContain('too-short');
  expect(compat('aabb').record(3, 'f')).toEqual(fromHex('aabb'));
  expect(compat('aabbccdd').record(3, 'f')).toEqual(fromHex('aabbcc'));
});

test('constants and ranges are checked, not in compat', () => {
  const input = read('0005');
  const value = input.u16('f');
  expect(problem(() => input.constant(false, 2, 'f'))).toContain('bad-constant@0');
  expect(problem(() => input.range(value, 6, 9, 2, 'f'))).toBe(
    'out-of-bounds@0: 5 is outside 6..9',
  );
  expect(input.range(value, 5, 5, 2, 'f')).toBe(5);
  expect(input.range(5n, 0n, 9n, 2, 'f')).toBe(5n);
  input.constant(true, 2, 'f');
  const loose = compat('0005');
  loose.constant(false, 0, 'f');
  expect(loose.range(loose.u16('f'), 6, 9, 2, 'f')).toBe(5);
});

test('nothing may be left at the end', () => {
  const input = new Reader(concatBytes(fromHex('0102'), fromHex('03')));
  input.u16('f');
  expect(problem(() => input.finish())).toBe(
    'trailing-bytes@2: 1 bytes are left after the last field',
  );
});

test('bad bytes are an error also where nobody may change the class of errors', () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  Object.defineProperty(Error, 'stackTraceLimit', {
    value: 10,
    writable: false,
    configurable: true,
  });
  try {
    expect(new DecodeError('too-short', { field: 'a', offset: 0 }, 'why').message).toContain('why');
  } finally {
    if (before !== undefined) Object.defineProperty(Error, 'stackTraceLimit', before);
  }
});
