/** Models nobody thought of: messages of any types, with structs, unions, enums and constants. */
import * as fc from 'fast-check';
import type {
  ConstantValue,
  Declaration,
  Field,
  Message,
  Model,
} from '../../../compiler/ir/model.ts';
import type { BitsMember, PrefixBits, WireType } from '../../../compiler/ir/wire-type.ts';
import {
  bound,
  community,
  enumeration,
  field,
  flags,
  list,
  message,
  model,
  REST,
  struct,
  union,
} from '../emit/model-factories.ts';

export const RANDOM_PATH = 'schemas/random.ipv8';

const PLACE = { place: { path: RANDOM_PATH, line: 1 } };

const prefix = fc.constantFrom<PrefixBits>(8, 16, 32);

const stated = fc.option(
  fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 6 }), fc.nat({ max: 3 })).map(([min, more, less]) => ({
    min,
    max: min + more,
    sendMax: min + Math.max(0, more - less),
  })),
  { nil: { max: 12 } },
);

const integer: fc.Arbitrary<WireType> = fc
  .record({
    bits: fc.constantFrom<(8 | 16 | 32 | 64)[]>(8, 16, 32, 64),
    isSigned: fc.boolean(),
    range: fc.option(fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })), { nil: undefined }),
  })
  .map(({ bits, isSigned, range }) => {
    if (range === undefined) return { kind: 'integer', bits, isSigned, range };
    const min = BigInt(range[0]) - (isSigned ? 50n : 0n);
    const max = min + BigInt(range[1]) > 127n ? 127n : min + BigInt(range[1]);
    return { kind: 'integer', bits, isSigned, range: { min, max } };
  });

const bitsMembers: fc.Arbitrary<readonly BitsMember[]> = fc
  .array(
    fc.tuple(fc.constantFrom('flag', 'number', 'enum', 'unused'), fc.integer({ min: 1, max: 4 })),
    {
      minLength: 8,
      maxLength: 8,
    },
  )
  .map((wanted) => {
    const members: BitsMember[] = [];
    let left = 8;
    for (const [kind, width] of wanted) {
      if (left === 0) break;
      const bits = kind === 'flag' ? 1 : Math.min(width, left);
      left -= bits;
      const name = `part_${members.length}`;
      if (kind === 'flag') members.push({ kind, name, doc: '' });
      else if (kind === 'number') members.push({ kind, name, doc: '', bits });
      else if (kind === 'enum') members.push({ kind, name, doc: '', bits, enumName: 'Link' });
      else members.push({ kind: 'unused', bits });
    }
    return members;
  });

const leaf: fc.Arbitrary<WireType> = fc.oneof(
  fc.constant<WireType>({ kind: 'bool' }),
  integer,
  fc.constantFrom<WireType>({ kind: 'float', bits: 32 }, { kind: 'float', bits: 64 }),
  fc.integer({ min: 1, max: 9 }).map((size): WireType => ({ kind: 'fixed-bytes', size })),
  fc
    .tuple(fc.constantFrom('bytes' as const, 'string' as const), prefix, stated)
    .map(([kind, bits, limits]): WireType => ({
      kind,
      prefix: bits,
      // A text has as many bytes as it likes: only the largest number of them is easy to meet.
      bound: bound(2 ** bits - 1, kind === 'string' ? { max: 20 } : limits),
    })),
  fc
    .tuple(fc.constantFrom('i64' as const, 'f64' as const, 'bool' as const), stated)
    .map(([element, limits]): WireType => ({
      kind: 'array',
      element,
      bound: bound(0xffff, limits),
    })),
  bitsMembers.map((members): WireType => ({ kind: 'bits', members })),
  fc.constantFrom<WireType>(
    { kind: 'enum', enumName: 'Reason', bits: 16 },
    { kind: 'flags', flagsName: 'Ability', bits: 32 },
    { kind: 'address', form: 'ipv4' },
    { kind: 'address', form: 'ip' },
    { kind: 'address', form: 'address' },
  ),
);

/** Types made of leaves and of these structs and unions. */
function typeOf(structs: readonly string[], unions: readonly string[]): fc.Arbitrary<WireType> {
  const flatTypes = [
    leaf,
    ...structs.map((structName) =>
      fc.boolean().map((isInline): WireType => ({ kind: 'struct', structName, isInline })),
    ),
    ...unions.map((unionName) =>
      fc.boolean().map((isInline): WireType => ({ kind: 'union', unionName, isInline })),
    ),
  ];
  const plain = fc.oneof(...flatTypes);
  const listed = (element: fc.Arbitrary<WireType>): fc.Arbitrary<WireType> =>
    fc.tuple(element, prefix, stated).map(([inner, count, limits]) => list(inner, count, limits));
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 2, arbitrary: listed(plain) },
    { weight: 1, arbitrary: listed(listed(plain)) },
  );
}

/** Only the last field of a packet or frame may run to its end. */
function lastType(type: fc.Arbitrary<WireType>): fc.Arbitrary<WireType> {
  const records = fc.tuple(type, stated).map(([element, limits]) => list(element, 'rest', limits));
  return fc.oneof({ weight: 3, arbitrary: type }, fc.constant(REST), records);
}

const constant: fc.Arbitrary<Partial<Field> & { readonly type: WireType }> = fc.oneof(
  fc.boolean().map((value) => ({
    type: { kind: 'bool' } as const,
    constant: { kind: 'bool', value } as ConstantValue,
  })),
  fc
    .tuple(fc.constantFrom<(8 | 16 | 32 | 64)[]>(8, 16, 32, 64), fc.nat({ max: 127 }))
    .map(([bits, value]) => ({
      type: { kind: 'integer', bits, isSigned: false, range: undefined } as const,
      constant: { kind: 'integer', value: BigInt(value) } as ConstantValue,
    })),
  fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => ({
    type: { kind: 'fixed-bytes', size: bytes.length } as const,
    constant: { kind: 'bytes', hex: Buffer.from(bytes).toString('hex') } as ConstantValue,
  })),
);

/** Fields with names of their own; elements of lists must not be empty, so a struct starts with one. */
function fieldsOf(
  type: fc.Arbitrary<WireType>,
  last: fc.Arbitrary<WireType>,
): fc.Arbitrary<readonly Field[]> {
  const plain = fc.record({ type });
  const some = fc.array(fc.oneof({ weight: 5, arbitrary: plain }, constant), { maxLength: 4 });
  return fc
    .tuple(leaf, some, last)
    .map(([first, middle, end]) =>
      [{ type: first }, ...middle, { type: end }].map(({ type: one, ...more }, at) =>
        field(`field_${at}`, one, more),
      ),
    );
}

const structFields = fieldsOf(leaf, leaf);
const outerFields = fieldsOf(typeOf(['Inner'], []), typeOf(['Inner'], []));
const messageType = typeOf(['Inner', 'Outer'], ['Choice']);

/** A model of `count` messages. */
export function randomModel(count: number): fc.Arbitrary<Model> {
  const messages = fc.array(fieldsOf(messageType, lastType(messageType)), {
    minLength: count,
    maxLength: count,
  });
  const tags = fc.uniqueArray(fc.nat({ max: 255 }), { minLength: 2, maxLength: 2 });
  return fc
    .tuple(structFields, outerFields, tags, messages)
    .map(([inner, outer, [one = 0, other = 1], bodies]) => {
      const named = bodies.map((fields, at) =>
        message(`Random${at}`, fields, { ...PLACE, id: at }),
      );
      const declarations: readonly Declaration[] = [
        enumeration('Link', { unknown: 0, public: 2 }, { ...PLACE, bits: undefined }),
        enumeration('Reason', { unknown: 1, not_found: 500 }, { ...PLACE, bits: 16 }),
        flags('Ability', { relay: 1, far: 2 ** 31 }, { ...PLACE, bits: 32 }),
        struct('Inner', inner, PLACE),
        struct('Outer', outer, PLACE),
        union('Choice', { [one]: 'Inner', [other]: 'Outer' }, PLACE),
        community('Random', named, PLACE),
      ];
      return model([RANDOM_PATH, declarations]);
    });
}

/** The messages of a model. */
export function messagesOf(one: Model): readonly Message[] {
  return one.modules
    .flatMap(({ declarations }) => declarations)
    .flatMap((declared) => (declared.kind === 'community' ? declared.messages : []));
}
