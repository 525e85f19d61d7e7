import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Field } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { createLayout } from '../../../compiler/ir/layout.ts';
import {
  decode,
  encode,
  EncodeError,
  type MessageType,
  type StructType,
} from '../../../runtime/codegen.ts';
import { EVERY_MESSAGES, EVERY_TYPE } from './every-type.ts';
import { emitToDirectory } from './temporary-modules.ts';
import { initArbitrary, valueArbitrary } from './value-arbitrary.ts';

type MessageClass = MessageType<unknown> & (new (init: unknown) => object);

const { directory, remove } = emitToDirectory(EVERY_TYPE);
afterAll(remove);
const file = pathToFileURL(join(directory, 'every.ts')).href;
const generated: Readonly<Record<string, MessageClass>> = await import(/* @vite-ignore */ file);
const sharedFile = pathToFileURL(join(directory, 'shared.ts')).href;
const shared: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ sharedFile);

function classOf(name: string): MessageClass {
  const found = generated[name];
  if (found === undefined) throw new Error(`nothing generated is called ${name}`);
  return found;
}

function structs(name: string) {
  return EVERY_TYPE.modules
    .flatMap((module) => module.declarations)
    .filter((one) => one.kind === 'struct' || one.kind === 'union')
    .find((one) => one.name === name);
}

const layout = createLayout(structs, { kind: 'accepted' });

test.each(EVERY_MESSAGES)('$name: what is encoded decodes to the same', ({ name, fields }) => {
  const type = classOf(name);
  const size = layout.ofFields(fields);
  fc.assert(
    fc.property(initArbitrary(fields, EVERY_TYPE), (init) => {
      const message = new type(init);
      const bytes = encode(type, message);
      expect(bytes.length).toBeGreaterThanOrEqual(size.min);
      expect(bytes.length).toBeLessThanOrEqual(size.isOpen ? Infinity : size.max);
      for (const compat of [false, true]) {
        const decoded = decode(type, bytes, { compat });
        if (!decoded.ok) throw decoded.error;
        expect(decoded.value).toEqual(message);
        expect(decoded.value).toBeInstanceOf(type);
      }
    }),
  );
});

test.each(EVERY_MESSAGES)('$name: any bytes give a result', ({ name }) => {
  const type = classOf(name);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, compat) => {
      const decoded = decode(type, bytes, { compat });
      if (!decoded.ok) expect(decoded.error.messageName).toBe(name);
      // What strict decoding accepts is what encoding writes, apart from bits that mean nothing and `send` bounds.
      else if (!compat && !['Frames', 'Lists', 'Names', 'Variable', 'Scalars'].includes(name)) {
        expect(encode(type, decoded.value)).toEqual(bytes);
      }
    }),
  );
});

test.each(EVERY_MESSAGES)('$name: a damaged message gives a result', ({ name, fields }) => {
  const type = classOf(name);
  const place = fc.nat({ max: 1000 });
  fc.assert(
    fc.property(
      initArbitrary(fields, EVERY_TYPE),
      place,
      fc.nat({ max: 255 }),
      (init, at, value) => {
        const bytes = encode(type, new type(init));
        if (bytes.length > 0) bytes[at % bytes.length] = value;
        const cut = bytes.subarray(0, at % (bytes.length + 1));
        for (const compat of [false, true]) {
          expect(typeof decode(type, bytes, { compat }).ok).toBe('boolean');
          expect(typeof decode(type, cut, { compat }).ok).toBe('boolean');
        }
      },
    ),
    { numRuns: 50 },
  );
});

/** True of the way to a field that the fields have: `nodes[3].public_key`. */
function hasPath(fields: readonly Field[], path: string): boolean {
  const [, name = '', indexes = '', rest] = /^(\w+)((?:\[\d+\])*)(?:\.(.+))?$/.exec(path) ?? [];
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return false;
  let type: WireType = field.type;
  for (let left = indexes.split('[').length - 1; left > 0; left--) {
    if (type.kind !== 'list') return false;
    type = type.element;
  }
  if (rest === undefined) return true;
  if (type.kind === 'struct') return hasFieldsOf(type.structName, rest);
  return type.kind === 'union' && (rest === 'tag' || hasFieldsOf(type.unionName, rest));
}

function hasFieldsOf(name: string, path: string): boolean {
  const found = structs(name);
  if (found?.kind === 'struct') return hasPath(found.fields, path);
  return (found?.variants ?? []).some(({ structName }) => hasFieldsOf(structName, path));
}

test.each(EVERY_MESSAGES)(
  '$name: cut anywhere, the error names a field and a place in the bytes',
  (one) => {
    const type = classOf(one.name);
    fc.assert(
      fc.property(initArbitrary(one.fields, EVERY_TYPE), (init) => {
        const bytes = encode(type, new type(init));
        for (let length = 0; length < bytes.length; length++) {
          const decoded = decode(type, bytes.subarray(0, length));
          if (decoded.ok) continue;
          const { field, offset, messageName } = decoded.error;
          expect(messageName).toBe(one.name);
          expect(offset).toBeLessThanOrEqual(length);
          if (!hasPath(one.fields, field)) expect.fail(`${one.name} has no ${field}`);
        }
      }),
      { numRuns: 20 },
    );
  },
);

test.each([
  ['a number beyond its bits', { level: 8 }],
  ['a number that is not whole', { level: 1.5 }],
  ['an enum value beyond its bits', { connection: 4 }],
  ['a negative number', { level: -1 }],
])('bits refuse %s', (_, wrong) => {
  const type = classOf('Frames');
  const right = { connection: 1, newStyle: true, level: 7, advice: false };
  const node = {
    address: { kind: 'ipv4', host: '1.2.3.4', port: 5 },
    publicKey: new Uint8Array(3),
  };
  const init = {
    first: node,
    second: node,
    withTail: { number: 1, extra: new Uint8Array(2) },
    flags: right,
    halves: { high: 1, low: 2 },
    byte: { whole: 255 },
    nothing: {},
    items: [],
    entry: { kind: 'nodeInfo', value: node },
  };
  const bytes = encode(type, new type(init));
  expect(bytes.slice(-4)).toEqual(Uint8Array.of(0b01_0_1_111_0, 0x12, 0xff, 0));
  const faulty = new type({ ...init, flags: { ...right, ...wrong } });
  expect(() => encode(type, faulty)).toThrow(EncodeError);
  expect(() => encode(type, faulty)).toThrow(/Frames\.flags\.(level|connection): /);
});

test('a union is a tag and a struct, and nothing else', () => {
  const entry = shared['Entry'] as StructType<unknown>;
  const node = {
    address: { kind: 'ipv4', host: '1.2.3.4', port: 5 },
    publicKey: new Uint8Array(3),
  };
  const bytes = encode(entry, { kind: 'nodeInfo', value: node });
  expect(Buffer.from(bytes).toString('hex')).toBe('0101020304000503000000');
  expect(decode(entry, bytes)).toEqual({ ok: true, value: { kind: 'nodeInfo', value: node } });
  for (const compat of [false, true]) {
    expect(decode(entry, Uint8Array.of(2, 1), { compat })).toMatchObject({
      ok: false,
      error: { reason: 'unknown-variant', field: 'tag', offset: 0, messageName: 'Entry' },
    });
  }
  const wide = shared['Wide'] as StructType<unknown>;
  expect(decode(wide, Uint8Array.of(0, 0, 0, 4))).toMatchObject({
    ok: false,
    error: { reason: 'unknown-variant', offset: 0 },
  });
  const small = { kind: 'small', value: { one: 256 } };
  expect(() => encode(entry, small)).toThrow('Entry.one: 256 is not a whole number in 0..255');
  for (const kind of ['Small', 'tail', undefined, 0, '__proto__']) {
    expect(() => encode(entry, { ...small, kind })).toThrow(EncodeError);
    expect(() => encode(entry, { ...small, kind })).toThrow('Entry.kind: ');
  }
});

test.each(['Entry', 'Wide', 'Only', 'Either'])('%s alone decodes to what it encodes', (name) => {
  const type = shared[name] as StructType<unknown>;
  const field = { kind: 'union', unionName: name, isInline: true } as const;
  const size = layout.ofType(field);
  fc.assert(
    fc.property(valueArbitrary(field, EVERY_TYPE), (value) => {
      const bytes = encode(type, value);
      expect(bytes.length).toBeGreaterThanOrEqual(size.min);
      expect(bytes.length).toBeLessThanOrEqual(size.isOpen ? Infinity : size.max);
      expect(decode(type, bytes)).toEqual({ ok: true, value });
    }),
  );
});

test('constants are written, checked by strict decoding and let through by compat', () => {
  const type = classOf('Constants');
  const bytes = encode(type, new type({ clock: 1 }));
  const constants = '598000000000000000fffe014c6950430001020002abcd';
  expect(Buffer.from(bytes).toString('hex')).toBe(`${constants}00000001`);
  for (let at = 0; at < constants.length / 2; at++) {
    const damaged = Uint8Array.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 0x02;
    expect(decode(type, damaged)).toMatchObject({ ok: false });
    expect(decode(type, damaged, { compat: true })).toEqual({
      ok: true,
      value: new type({ clock: 1 }),
    });
  }
});

test('sending is bounded more tightly than receiving', () => {
  const type = classOf('Lists');
  const values = Array.from({ length: 8 }, () => new Uint8Array(1));
  const empty = {
    nodes: [],
    frames: [],
    reasons: [],
    entryList: [],
    abilityList: [],
    nested: [],
    flagList: [],
    deepFrames: [],
    records: [],
  };
  const init = { ...empty, hashes: [new Uint8Array(20)], values };
  expect(() => encode(type, new type(init))).toThrow('Lists.values: length 8 is outside 0..7');
  const bytes = encode(type, new type({ ...init, values: values.slice(1) }));
  const longer = Uint8Array.of(8, ...bytes.slice(1, 22), 0, 1, 0, ...bytes.slice(22));
  expect(decode(type, longer)).toMatchObject({ ok: true, value: { values: { length: 8 } } });
});

test('a list to the end is bounded both ways', () => {
  const type = classOf('Lists');
  const empty = {
    nodes: [],
    frames: [],
    reasons: [],
    entryList: [],
    abilityList: [],
    nested: [],
    flagList: [],
    deepFrames: [],
    values: [],
  };
  const records = Array.from({ length: 40 }, () => new Uint8Array(3));
  const init = { ...empty, hashes: [new Uint8Array(20)], records };
  const bytes = encode(type, new type(init));
  expect(decode(type, Uint8Array.of(...bytes, 1, 2, 3))).toMatchObject({
    ok: false,
    error: { reason: 'out-of-bounds', field: 'records' },
  });
  const over = new type({ ...init, records: [...records, new Uint8Array(3)] });
  expect(() => encode(type, over)).toThrow(EncodeError);
});
