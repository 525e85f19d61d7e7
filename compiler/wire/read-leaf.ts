import { toHex } from '../../runtime/base/bytes.ts';
import type { Reader } from '../../runtime/codegen.ts';
import type { VectorValue } from '../ir/model.ts';
import { placeBits } from '../ir/place-bits.ts';
import type { IntegerType, WireType } from '../ir/wire-type.ts';

/** A type without fields or elements of its own. */
export type LeafType = Exclude<WireType, { kind: 'list' | 'struct' | 'union' | 'codec' }>;

/** Reads a value of such a type. Flags are the list of their bits' values, the lowest first. */
export function readLeaf(reader: Reader, type: LeafType, field: string): VectorValue {
  switch (type.kind) {
    case 'bool':
      return reader.bool(field);
    case 'integer':
      return readInteger(reader, type, field);
    case 'float':
      return reader[`f${type.bits}`](field);
    case 'enum':
      return reader[`u${type.bits}`](field);
    case 'flags':
      return { kind: 'list', items: [...reader[`flags${type.bits}`](field)] };
    case 'fixed-bytes':
      return bytesValue(reader.fixed(type.size, field));
    case 'bytes':
      return bytesValue(reader[`bytes${type.prefix}`](field, type.bound.min, type.bound.max));
    case 'string': {
      const text = reader[`string${type.prefix}`](field, type.bound.min, type.bound.max);
      return { kind: 'text', text };
    }
    case 'array': {
      const method = ({ i64: 'arrayI64', f64: 'arrayF64', bool: 'arrayBool' } as const)[
        type.element
      ];
      return { kind: 'list', items: reader[method](field, type.bound.min, type.bound.max) };
    }
    case 'address': {
      const { host, port } = reader[type.form](field);
      return { kind: 'address', host, port };
    }
    case 'rest':
      return bytesValue(reader.rest());
    case 'bits':
      return readBits(reader.u8(field), type);
  }
}

function readInteger(
  reader: Reader,
  { bits, isSigned, range }: IntegerType,
  field: string,
): VectorValue {
  if (bits === 64) {
    const value = isSigned ? reader.i64(field) : reader.u64(field);
    return range === undefined ? value : reader.range(value, range.min, range.max, 8, field);
  }
  const value = isSigned ? reader[`i${bits}`](field) : reader[`u${bits}`](field);
  if (range === undefined) return value;
  return reader.range(value, Number(range.min), Number(range.max), bits / 8, field);
}

function readBits(byte: number, type: Extract<WireType, { kind: 'bits' }>): VectorValue {
  const entries = placeBits(type.members).map(({ member, shift, width }) => {
    const number = (byte >> shift) & ((1 << width) - 1);
    return [member.name, member.kind === 'flag' ? number !== 0 : number] as const;
  });
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}

export function bytesValue(bytes: Uint8Array): VectorValue {
  return { kind: 'bytes', hex: toHex(bytes) };
}
