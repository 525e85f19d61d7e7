/** A value that shows a fault → values that are smaller and may show it too. */
import { createAddress } from '../../runtime/address/text.ts';
import type { Field, VectorValue } from '../ir/model.ts';
import { placeBits } from '../ir/place-bits.ts';
import type { WireType } from '../ir/wire-type.ts';
import type { Declarations, Root } from '../wire/declarations.ts';

/** Smaller values, the smallest first; all are values that may be sent. */
export function* smallerValues(
  root: Root,
  value: VectorValue,
  declarations: Declarations,
): Generator<VectorValue> {
  if ('variants' in root) yield* smaller(inlineUnion(root.name), value, declarations);
  else yield* smallerFields(root.fields, value, declarations);
}

/** The value of a message, struct or union that says least. */
export function plainestOf(root: Root, declarations: Declarations): VectorValue {
  if ('variants' in root) return plainest(inlineUnion(root.name), declarations);
  return plainestFields(root.fields, declarations);
}

function inlineUnion(unionName: string): WireType {
  return { kind: 'union', unionName, isInline: true };
}

type Objects = Extract<VectorValue, { kind: 'object' }>;

const EMPTY: Objects = { kind: 'object', variant: undefined, entries: {} };

function plainestFields(fields: readonly Field[], declarations: Declarations): Objects {
  const entries = fields
    .filter(({ constant }) => constant === undefined)
    .map(({ name, type }) => [name, plainest(type, declarations)] as const);
  return { ...EMPTY, entries: Object.fromEntries(entries) };
}

function plainest(type: WireType, declarations: Declarations): VectorValue {
  switch (type.kind) {
    case 'bool':
      return false;
    case 'integer': {
      const value = nearestToZero(type.range);
      return type.bits === 64 ? value : Number(value);
    }
    case 'float':
    case 'enum':
      return 0;
    case 'fixed-bytes':
      return { kind: 'bytes', hex: '00'.repeat(type.size) };
    case 'bytes':
      return { kind: 'bytes', hex: '00'.repeat(type.bound.min) };
    case 'rest':
      return { kind: 'bytes', hex: '' };
    case 'string':
      return { kind: 'text', text: 'a'.repeat(type.bound.min) };
    case 'flags':
      return { kind: 'list', items: [] };
    case 'array': {
      const item = { bool: false, f64: 0, i64: 0n }[type.element];
      return { kind: 'list', items: Array.from({ length: type.bound.min }, () => item) };
    }
    case 'list': {
      const { bound, element } = type;
      const items = Array.from({ length: bound.min }, () => plainest(element, declarations));
      return { kind: 'list', items };
    }
    case 'bits': {
      const entries = placeBits(type.members).map(
        ({ member }) => [member.name, member.kind === 'flag' ? false : 0] as const,
      );
      return { ...EMPTY, entries: Object.fromEntries(entries) };
    }
    case 'struct':
      return plainestFields(declarations.struct(type.structName).fields, declarations);
    case 'union': {
      const [first] = declarations.union(type.unionName).variants;
      const variant = first?.structName ?? '';
      return { ...plainestFields(declarations.struct(variant).fields, declarations), variant };
    }
    case 'address':
      return { kind: 'address', host: '0.0.0.0', port: 0 };
    case 'codec':
      return plainest(type.carrier, declarations);
  }
}

function nearestToZero(range: { readonly min: bigint; readonly max: bigint } | undefined): bigint {
  if (range === undefined) return 0n;
  if (range.min > 0n) return range.min;
  return range.max < 0n ? range.max : 0n;
}

function* smallerFields(
  fields: readonly Field[],
  value: VectorValue,
  declarations: Declarations,
): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'object') return;
  const plain = { ...plainestFields(fields, declarations), variant: value.variant };
  if (!isSame(plain, value)) yield plain;
  for (const { constant, name, type } of fields) {
    const entry = value.entries[name];
    if (constant !== undefined || entry === undefined) continue;
    for (const smallerEntry of smaller(type, entry, declarations)) {
      yield { ...value, entries: { ...value.entries, [name]: smallerEntry } };
    }
  }
}

function* smaller(
  type: WireType,
  value: VectorValue,
  declarations: Declarations,
): Generator<VectorValue> {
  const plain = plainest(type, declarations);
  if (isSame(plain, value)) return;
  yield plain;
  switch (type.kind) {
    case 'integer':
    case 'enum':
      return yield* smallerNumbers(value, plain);
    case 'float':
      if (value !== 1) yield 1;
      return;
    case 'bytes':
    case 'rest':
    case 'fixed-bytes':
      return yield* smallerBytes(value, type.kind === 'bytes' ? type.bound.min : 0, type);
    case 'string':
      return yield* smallerTexts(value, type.bound.min);
    case 'flags':
      return yield* shorterLists(value, 0);
    case 'array':
      return yield* shorterLists(value, type.bound.min);
    case 'list':
      yield* shorterLists(value, type.bound.min);
      return yield* smallerItems(value, (item) => smaller(type.element, item, declarations));
    case 'struct':
      return yield* smallerFields(declarations.struct(type.structName).fields, value, declarations);
    case 'union': {
      if (typeof value !== 'object' || value.kind !== 'object') return;
      const { fields } = declarations.struct(value.variant ?? '');
      return yield* smallerFields(fields, value, declarations);
    }
    case 'bits':
      return yield* plainerEntries(value, plain);
    case 'address':
      return yield* smallerAddresses(value);
    case 'codec':
      return yield* smaller(type.carrier, value, declarations);
    case 'bool':
      return;
  }
}

/** Halfway to the plainest, then a quarter of the way, and so on down to one step. */
function* smallerNumbers(value: VectorValue, plain: VectorValue): Generator<VectorValue> {
  if (typeof value === 'bigint' && typeof plain === 'bigint') {
    for (let way = (value - plain) / 2n; way !== 0n; way /= 2n) yield value - way;
  } else if (Number.isSafeInteger(value) && Number.isSafeInteger(plain)) {
    const [from, to] = [Number(value), Number(plain)];
    for (let way = Math.trunc((from - to) / 2); way !== 0; way = Math.trunc(way / 2)) {
      yield from - way;
    }
  }
}

function* smallerBytes(
  value: VectorValue,
  min: number,
  { kind }: WireType,
): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'bytes') return;
  const { hex } = value;
  const size = hex.length / 2;
  const half = Math.floor(size / 2);
  if (kind !== 'fixed-bytes') {
    for (const length of new Set([half, size - 1])) {
      if (length >= min && length < size) yield { kind: 'bytes', hex: hex.slice(0, 2 * length) };
    }
  }
  const plain = '00'.repeat(size);
  if (hex === plain) return;
  yield { kind: 'bytes', hex: plain };
  const front = `${plain.slice(0, 2 * half)}${hex.slice(2 * half)}`;
  const behind = `${hex.slice(0, 2 * half)}${plain.slice(2 * half)}`;
  for (const one of [front, behind])
    if (one !== hex && one !== plain) yield { kind: 'bytes', hex: one };
}

function* smallerTexts(value: VectorValue, min: number): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'text') return;
  const characters = [...value.text];
  const half = Math.floor(characters.length / 2);
  const parts = [
    characters.slice(0, half),
    characters.slice(half),
    characters.slice(1),
    characters.slice(0, -1),
  ];
  for (const text of new Set(parts.map((one) => one.join('')))) {
    if (text !== value.text && UTF8.encode(text).length >= min) yield { kind: 'text', text };
  }
}

const UTF8 = new TextEncoder();

function* smallerAddresses(value: VectorValue): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'address') return;
  if (value.port !== 0) yield { ...value, port: 0 };
  if (createAddress(value.host, 0).kind !== 'domain') return;
  for (const text of smallerTexts({ kind: 'text', text: value.host }, 0)) {
    if (typeof text !== 'object' || text.kind !== 'text') continue;
    // Part of a name may be an IP address, which is another kind of value.
    if (createAddress(text.text, 0).kind === 'domain') yield { ...value, host: text.text };
  }
}

/** Without halves, quarters and so on, and at last without each single element. */
function* shorterLists(value: VectorValue, min: number): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'list') return;
  const { items } = value;
  for (let size = items.length; size >= 1; size = Math.floor(size / 2)) {
    if (items.length - size < min) continue;
    for (let at = 0; at < items.length; at += size) {
      const left = [...items.slice(0, at), ...items.slice(at + size)];
      if (left.length >= min) yield { kind: 'list', items: left };
    }
  }
}

function* smallerItems(
  value: VectorValue,
  smallerOf: (item: VectorValue) => Generator<VectorValue>,
): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'list') return;
  for (const [at, item] of value.items.entries()) {
    for (const one of smallerOf(item)) yield { kind: 'list', items: value.items.with(at, one) };
  }
}

function* plainerEntries(value: VectorValue, plain: VectorValue): Generator<VectorValue> {
  if (typeof value !== 'object' || value.kind !== 'object') return;
  if (typeof plain !== 'object' || plain.kind !== 'object') return;
  for (const [name, entry] of Object.entries(plain.entries)) {
    if (value.entries[name] === entry) continue;
    yield { ...value, entries: { ...value.entries, [name]: entry } };
  }
}

/** The same, not-a-numbers and the sign of zero included. */
function isSame(one: VectorValue, other: VectorValue): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return Object.is(one, other);
  return JSON.stringify(one, exact) === JSON.stringify(other, exact);
}

function exact(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'number') return value;
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : `number ${Object.is(value, -0) ? '-0' : value}`;
}
