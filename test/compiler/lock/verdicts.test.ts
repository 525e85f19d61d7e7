/**
 * A verdict is a promise about bytes: where it says that a side understands, every value that the
 * other side may send is decoded to itself.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, Model } from '../../../compiler/ir/model.ts';
import type { Bound, WireType } from '../../../compiler/ir/wire-type.ts';
import { createReads } from '../../../compiler/lock/reads.ts';
import { worldOf } from '../../../compiler/lock/world.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import { bound, bytes, field, list, message, model, uint } from '../emit/model-factories.ts';
import { initArbitrary } from '../emit/value-arbitrary.ts';
import { messagesOf, randomModel } from '../wire/random-model.ts';
import { plainFields } from '../wire/plain-value.ts';
import { runs } from '../../effort.ts';

const none = worldOf(model());

function reads(writer: WireType, reader: WireType): string | undefined {
  return createReads(none, none, { isNamedApart: false }).type(writer, reader);
}

const BOOL: WireType = { kind: 'bool' };
const SIGNED: WireType = { kind: 'integer', bits: 8, isSigned: true, range: undefined };
const text = (stated?: Partial<Bound>): WireType => ({
  kind: 'string',
  prefix: 16,
  bound: bound(0xffff, stated),
});
const ranged = (min: bigint, max: bigint): WireType => ({
  kind: 'integer',
  bits: 8,
  isSigned: false,
  range: { min, max },
});

test.each<[name: string, writer: WireType, reader: WireType, obstacle: string | undefined]>([
  ['a bool is a byte', BOOL, uint(8), undefined],
  ['not every byte is a bool', uint(8), BOOL, 'refuse values over 1'],
  ['an enum is its number', { kind: 'enum', enumName: 'A', bits: 16 }, uint(16), undefined],
  ['widths', uint(16), uint(32), 'read `u32` where `u16` is sent'],
  ['signs', SIGNED, uint(8), 'read `u8` where `i8` is sent'],
  ['what both signs write alike', ranged(0n, 127n), SIGNED, undefined],
  ['and one more', ranged(0n, 128n), SIGNED, 'read `i8` where `u8 0..128` is sent'],
  ['a narrower range', ranged(1n, 9n), ranged(0n, 9n), undefined],
  ['a wider range', ranged(0n, 9n), ranged(1n, 9n), 'refuse values under 1'],
  ['more bytes', bytes(16, { max: 9 }), bytes(16, { max: 8 }), 'refuse more than 8 bytes'],
  ['what is sent counts', bytes(16, { max: 9, sendMax: 8 }), bytes(16, { max: 8 }), undefined],
  ['less bytes', bytes(16), bytes(16, { min: 2 }), 'refuse less than 2 bytes'],
  ['text is bytes', text(), bytes(16), undefined],
  ['bytes are no text', bytes(16), text(), 'read `string<u16>` where `bytes<u16>` is sent'],
  [
    'elements',
    list(uint(8), 8, { max: 3 }),
    list(uint(8), 8, { max: 2 }),
    'refuse more than 2 elements',
  ],
  ['an element', list(uint(8), 8), list(BOOL, 8), 'refuse values over 1'],
  ['addresses', { kind: 'address', form: 'ip' }, { kind: 'address', form: 'address' }, undefined],
  [
    'names of hosts',
    { kind: 'address', form: 'address' },
    { kind: 'address', form: 'ip' },
    'read `ip` where `address` is sent',
  ],
])('%s', (_, writer, reader, obstacle) => {
  expect(reads(writer, reader)).toBe(obstacle);
});

const bits = (...names: readonly string[]): WireType => ({
  kind: 'bits',
  members: names.map((name) =>
    name === '_' ? { kind: 'unused', bits: 1 } : { kind: 'flag', name, doc: '' },
  ),
});

test('bits may be taken into use and renamed, but not swapped', () => {
  const before = bits('a', 'b', '_', '_', '_', '_', '_', '_');
  expect(reads(before, bits('a', 'b', 'c', '_', '_', '_', '_', '_'))).toBeUndefined();
  expect(reads(bits('a', 'b', 'c', '_', '_', '_', '_', '_'), before)).toBeUndefined();
  expect(reads(before, bits('a', 'z', '_', '_', '_', '_', '_', '_'))).toBeUndefined();
  const swapped = bits('b', 'a', '_', '_', '_', '_', '_', '_');
  expect(reads(before, swapped)).toBe('take a bit of `a` for one of `b`');
});

test('constants: the same, or one that the reader takes as a value', () => {
  const { field: read } = createReads(none, none, { isNamedApart: false });
  const fixed = (value: bigint): Field =>
    field('tag', uint(8), { constant: { kind: 'integer', value } });
  expect(read(fixed(5n), fixed(5n))).toBeUndefined();
  expect(read(fixed(5n), fixed(6n))).toBe('take `tag` for a fault unless it is 6');
  expect(read(fixed(5n), field('tag', ranged(0n, 5n)))).toBeUndefined();
  expect(read(fixed(5n), field('tag', ranged(0n, 4n)))).toBe('refuse values over 4');
  expect(read(field('tag', uint(8)), fixed(5n))).toBe('take `tag` for a fault unless it is 5');
});

/** The same type, or one beside it: what people change in a schema. */
function changed(type: WireType, dice: number): WireType {
  if ('bound' in type) {
    const { min, max, sendMax } = type.bound;
    const bounds: readonly Partial<Bound>[] = [
      { min, max: max + 1, sendMax: max + 1 },
      { min, max: max + 1, sendMax },
      { min: Math.max(0, min - 1), max, sendMax },
      { min, max: Math.max(min, max - 1), sendMax: Math.max(min, Math.min(sendMax, max - 1)) },
      { min: Math.min(min + 1, sendMax), max, sendMax },
    ];
    return { ...type, bound: bound(max, bounds[dice % bounds.length]) };
  }
  if (type.kind === 'integer') {
    const others: readonly WireType[] = [
      { ...type, isSigned: !type.isSigned, range: undefined },
      { ...type, range: undefined },
      { ...type, range: { min: 0n, max: 100n } },
      { kind: 'integer', bits: 16, isSigned: false, range: undefined },
      BOOL,
    ];
    return others[dice % others.length] ?? type;
  }
  if (type.kind === 'bool') return uint(8);
  if (type.kind === 'enum' || type.kind === 'flags') return uint(type.bits);
  if (type.kind === 'address') return { kind: 'address', form: 'address' };
  if (type.kind === 'struct') return { ...type, isInline: !type.isInline };
  return type;
}

test('who is said to understand decodes every value to itself', () => {
  let understood = 0;
  let refused = 0;
  fc.assert(
    fc.property(
      randomModel(1),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      fc.infiniteStream(fc.noShrink(fc.nat({ max: 2 ** 31 - 1 }))),
      (old: Model, place, dice, seeds) => {
        const [was] = messagesOf(old);
        if (was === undefined) throw new Error('no message');
        const at = place % was.fields.length;
        const now = message(
          was.name,
          was.fields.map((one, index) =>
            index === at && one.constant === undefined
              ? { ...one, type: changed(one.type, dice) }
              : one,
          ),
        );
        const world = worldOf(old);
        const { fields } = createReads(world, world, { isNamedApart: false });
        const declarations = createDeclarations(old);
        for (const [writer, reader] of [[now, was] as const, [was, now] as const]) {
          const obstacle = fields(writer.fields, reader.fields);
          const seed = seeds.next().value ?? 1;
          const values = fc.sample(initArbitrary(writer.fields, old), { seed, numRuns: 5 });
          for (const value of values) {
            const plain = plainFields(writer.fields, value, declarations);
            const encoded = encodeValue(writer, plain, declarations);
            if (!encoded.ok) continue;
            const read = interpret(reader, encoded.bytes, { declarations });
            if (obstacle === undefined) {
              understood++;
              expect(read.ok, `${obstacle}`).toBe(true);
              const again = read.ok && encodeValue(reader, read.value, declarations);
              if (again !== false && again.ok) expect(again.bytes).toEqual(encoded.bytes);
            } else if (!read.ok) refused++;
          }
        }
      },
    ),
    runs(100),
  );
  // Both happen, or the property says nothing.
  expect(understood).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(0);
});
