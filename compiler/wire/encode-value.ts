/** Value → bytes, by the model and with the runtime's `Writer`, as generated code does it. */
import { createAddress } from '../../runtime/address/text.ts';
import { fromHex, toHex } from '../../runtime/base/bytes.ts';
import { EncodeError, Writer } from '../../runtime/codegen.ts';
import { constantParts } from '../ir/constant-parts.ts';
import type { Field, VectorValue } from '../ir/model.ts';
import { placeBits } from '../ir/place-bits.ts';
import type { IntegerType, WireType } from '../ir/wire-type.ts';
import type { Declarations, Root } from './declarations.ts';
import type { LeafType } from './read-leaf.ts';

/** Why a value has no bytes; `path` is the way to what does not fit: `nodes[2].port`. */
export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly hex: string }
  | { readonly ok: false; readonly path: string; readonly detail: string };

/** Where a value stands. */
type Place = {
  readonly writer: Writer;
  readonly declarations: Declarations;
  readonly path: string;
};

/** The bytes of a message, struct or union. */
export function encodeValue(root: Root, value: VectorValue, declarations: Declarations): Encoded {
  const writer = new Writer();
  const place: Place = { writer, declarations, path: '' };
  try {
    if ('variants' in root) writeVariant(root.name, value, place);
    else writeFields(root.fields, value, place);
    const bytes = writer.finish();
    return { ok: true, bytes, hex: toHex(bytes) };
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    return { ok: false, path: error.field, detail: error.detail };
  }
}

function writeFields(fields: readonly Field[], value: VectorValue | undefined, place: Place): void {
  const entries = entriesOf(value, place);
  for (const { constant, name, type } of fields) {
    const inner = { ...place, path: place.path === '' ? name : `${place.path}.${name}` };
    if (constant !== undefined) {
      for (const part of constantParts(type, constant)) writePart(part, inner);
      continue;
    }
    if (!Object.hasOwn(entries, name)) throw new EncodeError(inner.path, 'has no value');
    writeValue(type, entries[name], inner);
  }
  const names = new Set(fields.filter((one) => one.constant === undefined).map((one) => one.name));
  const unknown = Object.keys(entries).find((name) => !names.has(name));
  if (unknown !== undefined) {
    const path = place.path === '' ? unknown : `${place.path}.${unknown}`;
    throw new EncodeError(path, 'no field that takes a value has this name');
  }
}

function writePart(part: ReturnType<typeof constantParts>[number], { writer, path }: Place): void {
  switch (part.method) {
    case 'bool':
      return writer.bool(part.value, path);
    case 'u64':
    case 'i64':
      return writer[part.method](part.value, path);
    default:
      return writer[part.method](part.value, path);
  }
}

function writeValue(type: WireType, value: VectorValue | undefined, place: Place): void {
  switch (type.kind) {
    case 'codec':
      return writeValue(type.carrier, value, place);
    case 'list':
      return writeList(type, value, place);
    case 'struct':
    case 'union': {
      const start = type.isInline ? undefined : place.writer.enter16(place.path);
      if (type.kind === 'union') writeVariant(type.unionName, value, place);
      else writeFields(place.declarations.struct(type.structName).fields, value, place);
      if (start !== undefined) place.writer.leave16(start, place.path);
      return;
    }
    default:
      return writeLeaf(type, value, place);
  }
}

function writeVariant(name: string, value: VectorValue | undefined, place: Place): void {
  const { bits, variants } = place.declarations.union(name);
  const variant = typeof value === 'object' && value.kind === 'object' ? value.variant : undefined;
  const chosen = variants.find(({ structName }) => structName === variant);
  if (value === undefined || chosen === undefined) {
    const known = variants.map(({ structName }) => structName).join(', ');
    throw new EncodeError(place.path, `expected one of ${known}`);
  }
  place.writer[`u${bits}`](chosen.tag, place.path);
  writeFields(place.declarations.struct(chosen.structName).fields, value, place);
}

function writeList(
  type: Extract<WireType, { kind: 'list' }>,
  value: VectorValue | undefined,
  place: Place,
): void {
  const { writer, path } = place;
  const items = itemsOf(value, path);
  const { min, sendMax, isStated } = type.bound;
  if (type.count !== 'rest') writer[`count${type.count}`](items.length, path, min, sendMax);
  else if (isStated) writer.range(items.length, min, sendMax, path);
  for (const [at, item] of items.entries()) {
    writeValue(type.element, item, { ...place, path: `${path}[${at}]` });
  }
}

function writeLeaf(type: LeafType, value: VectorValue | undefined, { writer, path }: Place): void {
  switch (type.kind) {
    case 'bool':
      return writer.bool(booleanOf(value, path), path);
    case 'integer':
      return writeInteger(type, numberOf(value, path), { writer, path });
    case 'float':
      return writer[`f${type.bits}`](Number(numberOf(value, path)), path);
    case 'enum':
      return writer[`u${type.bits}`](Number(numberOf(value, path)), path);
    case 'flags': {
      const bits = itemsOf(value, path).map((one) => Number(numberOf(one, path)));
      return writer[`flags${type.bits}`](new Set(bits), path);
    }
    case 'fixed-bytes':
      return writer.fixed(bytesOf(value, path), type.size, path);
    case 'bytes': {
      const { min, sendMax } = type.bound;
      return writer[`bytes${type.prefix}`](bytesOf(value, path), path, min, sendMax);
    }
    case 'string': {
      const { min, sendMax } = type.bound;
      return writer[`string${type.prefix}`](textOf(value, path), path, min, sendMax);
    }
    case 'array':
      return writeArray(type, itemsOf(value, path), { writer, path });
    case 'address': {
      if (typeof value !== 'object' || value.kind !== 'address') return refuse(path, 'an address');
      return writer[type.form](createAddress(value.host, value.port), path);
    }
    case 'rest':
      return writer.rest(bytesOf(value, path), path);
    case 'bits':
      return writer.u8(byteOf(type, value, { writer, path }), path);
  }
}

type LeafPlace = Pick<Place, 'writer' | 'path'>;

function writeInteger(
  { bits, isSigned, range }: IntegerType,
  value: bigint | number,
  { writer, path }: LeafPlace,
): void {
  if (bits === 64) {
    const whole = typeof value === 'bigint' ? value : bigintOf(value, path);
    const checked = range === undefined ? whole : writer.range(whole, range.min, range.max, path);
    return isSigned ? writer.i64(checked, path) : writer.u64(checked, path);
  }
  const number = Number(value);
  const checked =
    range === undefined ? number : writer.range(number, Number(range.min), Number(range.max), path);
  return isSigned ? writer[`i${bits}`](checked, path) : writer[`u${bits}`](checked, path);
}

function writeArray(
  { element, bound: { min, sendMax } }: Extract<WireType, { kind: 'array' }>,
  items: readonly VectorValue[],
  { writer, path }: LeafPlace,
): void {
  switch (element) {
    case 'bool': {
      const values = items.map((one) => booleanOf(one, path));
      return writer.arrayBool(values, path, min, sendMax);
    }
    case 'f64': {
      const values = items.map((one) => Number(numberOf(one, path)));
      return writer.arrayF64(values, path, min, sendMax);
    }
    case 'i64': {
      const values = items.map((one) => bigintOf(numberOf(one, path), path));
      return writer.arrayI64(values, path, min, sendMax);
    }
  }
}

function byteOf(
  type: Extract<WireType, { kind: 'bits' }>,
  value: VectorValue | undefined,
  { writer, path }: LeafPlace,
): number {
  const entries = entriesOf(value, { path });
  let byte = 0;
  for (const { member, shift, width } of placeBits(type.members)) {
    const inner = `${path}.${member.name}`;
    const given = Object.hasOwn(entries, member.name) ? entries[member.name] : undefined;
    if (given === undefined) throw new EncodeError(inner, 'has no value');
    const number =
      member.kind === 'flag'
        ? writer.flag(booleanOf(given, inner), inner)
        : writer.range(Number(numberOf(given, inner)), 0, (1 << width) - 1, inner);
    byte |= number << shift;
  }
  return byte;
}

function entriesOf(value: VectorValue | undefined, { path }: Pick<Place, 'path'>) {
  if (typeof value !== 'object' || value.kind !== 'object') return refuse(path, 'named values');
  return value.entries;
}

function itemsOf(value: VectorValue | undefined, path: string): readonly VectorValue[] {
  return typeof value === 'object' && value.kind === 'list' ? value.items : refuse(path, 'a list');
}

function bytesOf(value: VectorValue | undefined, path: string): Uint8Array {
  if (typeof value !== 'object' || value.kind !== 'bytes') return refuse(path, 'bytes');
  return fromHex(value.hex);
}

function textOf(value: VectorValue | undefined, path: string): string {
  return typeof value === 'object' && value.kind === 'text' ? value.text : refuse(path, 'a text');
}

function booleanOf(value: VectorValue | undefined, path: string): boolean {
  return typeof value === 'boolean' ? value : refuse(path, 'true or false');
}

function numberOf(value: VectorValue | undefined, path: string): bigint | number {
  return typeof value === 'bigint' || typeof value === 'number' ? value : refuse(path, 'a number');
}

function bigintOf(value: bigint | number, path: string): bigint {
  if (typeof value === 'bigint') return value;
  return Number.isInteger(value) ? BigInt(value) : refuse(path, 'a whole number');
}

function refuse(path: string, expected: string): never {
  throw new EncodeError(path === '' ? 'value' : path, `expected ${expected}`);
}
