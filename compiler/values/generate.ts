/**
 * Values of a message, struct or union by chance: as plain data, the same for the same seed. Lengths and
 * numbers are mostly small or at an edge of what the schema allows, now and then as much as a
 * datagram holds.
 */
import { createLayout, type Layout } from '../ir/layout.ts';
import type { Field, VectorValue } from '../ir/model.ts';
import { DATAGRAM_BUDGET, KEY_SIZES } from '../ir/packet-size.ts';
import { placeBits } from '../ir/place-bits.ts';
import type { Bound, WireType } from '../ir/wire-type.ts';
import type { Declarations, Root } from '../wire/declarations.ts';
import type { Chance } from './chance.ts';
import { drawAddress, drawBytes, drawFloat, drawInteger, drawText } from './leaves.ts';

/** Undefined where even the smallest value is larger than `VALUE_BYTES_MAX`. */
export type ValueGenerator = (
  root: Root,
  chance: Chance,
  options?: { readonly isLarge?: boolean },
) => VectorValue | undefined;

/** Prefix, id and the length of a public key. */
const HEAD_BYTES = 22 + 1 + 2;

/** What a datagram of IPv6 has left for the fields of a signed message. */
export const PAYLOAD_BYTES =
  DATAGRAM_BUDGET.ipv6 -
  HEAD_BYTES -
  KEY_SIZES.curve25519.publicKey -
  KEY_SIZES.curve25519.signature;

/** What UDP over IPv4 can carry at all: a value that needs more is none. */
const VALUE_BYTES_MAX = 65_507;

/** One value of that many is as large as a datagram allows. */
const LARGE_ONE_IN = 48;

/** Elements and bytes of the others. */
const SMALL_LENGTH = 12;

type Draw = {
  readonly declarations: Declarations;
  readonly layout: Layout;
  readonly chance: Chance;
  /** Bytes that lists and texts may still take beyond their smallest length. */
  readonly budget: { left: number };
  readonly isLarge: boolean;
};

/** Draws values of what these declarations hold. */
export function createValueGenerator(declarations: Declarations): ValueGenerator {
  const layout = createLayout(declarations.lookup, { kind: 'accepted' });
  return (root, chance, { isLarge = chance.oneIn(LARGE_ONE_IN) } = {}) => {
    const size = 'variants' in root ? layout.ofDeclared(root.name) : layout.ofFields(root.fields);
    if (size.min > VALUE_BYTES_MAX) return undefined;
    const budget = { left: Math.max(0, PAYLOAD_BYTES - size.min) };
    const draw: Draw = { declarations, layout, chance, budget, isLarge };
    return 'variants' in root ? variant(root.name, draw) : fieldsOf(root.fields, draw);
  };
}

type Objects = Extract<VectorValue, { kind: 'object' }>;

function fieldsOf(fields: readonly Field[], draw: Draw): Objects {
  const entries = fields
    .filter(({ constant }) => constant === undefined)
    .map(({ name, type }) => [name, valueOf(type, draw)] as const);
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}

function variant(name: string, draw: Draw): Objects {
  const { structName } = draw.chance.pick(draw.declarations.union(name).variants);
  return { ...fieldsOf(draw.declarations.struct(structName).fields, draw), variant: structName };
}

function valueOf(type: WireType, draw: Draw): VectorValue {
  const { chance, declarations } = draw;
  switch (type.kind) {
    case 'bool':
      return chance.oneIn(2);
    case 'integer':
      return drawInteger(type, chance);
    case 'float':
      return drawFloat(type.bits, chance);
    case 'enum':
      return drawMember([...declarations.valueNames(type.enumName).keys()], type.bits, chance);
    case 'flags':
      return drawFlags([...declarations.valueNames(type.flagsName).keys()], type.bits, chance);
    case 'bits':
      return drawBits(type, draw);
    case 'fixed-bytes':
      return drawBytes(type.size, chance);
    case 'bytes':
      return drawBytes(length(type.bound, 1, draw), chance);
    case 'rest':
      return drawBytes(length({ min: 0, sendMax: Infinity }, 1, draw), chance);
    case 'string':
      return { kind: 'text', text: drawText(length(type.bound, 1, draw), chance) };
    case 'address':
      return drawAddress(type.form, chance);
    case 'array':
      return elements(length(type.bound, type.element === 'bool' ? 1 : 8, draw), () =>
        arrayElement(type.element, chance),
      );
    case 'list': {
      const size = Math.max(1, draw.layout.ofType(type.element).min);
      return elements(length(type.bound, size, draw), () => valueOf(type.element, draw));
    }
    case 'struct':
      return fieldsOf(declarations.struct(type.structName).fields, draw);
    case 'union':
      return variant(type.unionName, draw);
    case 'codec':
      return valueOf(type.carrier, draw);
  }
}

function elements(count: number, draw: () => VectorValue): VectorValue {
  return { kind: 'list', items: Array.from({ length: count }, draw) };
}

/** How many elements of at least `size` bytes, and takes what they need from the budget. */
function length(
  { min, sendMax }: Pick<Bound, 'min' | 'sendMax'>,
  size: number,
  { budget, chance, isLarge }: Draw,
): number {
  const most = Math.min(sendMax, min + Math.floor(budget.left / size));
  const small = Math.min(most, min + SMALL_LENGTH);
  const edges = [min, Math.min(min + 1, most), isLarge ? most : small];
  const within = (end: number): number => min + chance.below(end - min + 1);
  // A large value has one large part, mostly: the first would otherwise leave nothing to the others.
  const drawn = chance.oneIn(2) ? chance.pick(edges) : within(isLarge ? most : small);
  budget.left -= (drawn - min) * size;
  return drawn;
}

function arrayElement(element: 'i64' | 'f64' | 'bool', chance: Chance): VectorValue {
  switch (element) {
    case 'bool':
      return chance.oneIn(2);
    case 'f64':
      return drawFloat(64, chance);
    case 'i64':
      return drawInteger({ kind: 'integer', bits: 64, isSigned: true, range: undefined }, chance);
  }
}

/** Of an enum: one with a name, or any other number. */
function drawMember(named: readonly number[], bits: number, chance: Chance): number {
  if (named.length > 0 && chance.oneIn(2)) return chance.pick(named);
  return chance.oneIn(4) ? chance.pick([0, 2 ** bits - 1]) : chance.below(2 ** bits);
}

/** The values of bits that are set, the lowest first. */
function drawFlags(named: readonly number[], bits: number, chance: Chance): VectorValue {
  const all = Array.from({ length: bits }, (_, at) => 2 ** at);
  const known = named.toSorted((a, b) => a - b);
  const from = chance.pick([[], all, known, all]);
  const items = chance.oneIn(4) ? from : from.filter(() => chance.oneIn(2));
  return { kind: 'list', items };
}

function drawBits({ members }: Extract<WireType, { kind: 'bits' }>, { chance }: Draw): VectorValue {
  const entries = placeBits(members).map(({ member, width }) => {
    const value = member.kind === 'flag' ? chance.oneIn(2) : chance.below(1 << width);
    return [member.name, value] as const;
  });
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}
