/** Constants as a row of integers that codecs write and compare. */
import type { ConstantValue } from './model.ts';
import type { WireType } from './wire-type.ts';

/** One read or write: `method` of reader and writer, the value, and its size in bytes. */
export type ConstantPart =
  | { readonly method: 'bool'; readonly value: boolean; readonly size: 1 }
  | {
      readonly method: 'u64' | 'i64';
      readonly value: bigint;
      readonly size: 8;
    }
  | {
      readonly method: 'u8' | 'u16' | 'u32' | 'i8' | 'i16' | 'i32';
      readonly value: number;
      readonly size: 1 | 2 | 4;
      /** True for a piece of a byte string, which reads best in hexadecimal. */
      readonly isBytes: boolean;
    };

/** Byte strings go four bytes at a time, so that no array is made to compare them. */
export function constantParts(type: WireType, constant: ConstantValue): readonly ConstantPart[] {
  switch (constant.kind) {
    case 'bool':
      return [{ method: 'bool', value: constant.value, size: 1 }];
    case 'integer':
      return [integerPart(type, constant.value)];
    case 'bytes':
      return [...lengthPart(type, constant.hex), ...byteParts(constant.hex)];
  }
}

function integerPart(type: WireType, value: bigint): ConstantPart {
  const bits = type.kind === 'integer' || type.kind === 'enum' ? type.bits : 8;
  const isSigned = type.kind === 'integer' && type.isSigned;
  if (bits === 64) return { method: isSigned ? 'i64' : 'u64', value, size: 8 };
  const method = isSigned ? (`i${bits}` as const) : (`u${bits}` as const);
  return { method, value: Number(value), size: sizeOf(bits), isBytes: false };
}

function lengthPart(type: WireType, hex: string): readonly ConstantPart[] {
  if (type.kind !== 'bytes' && type.kind !== 'string') return [];
  const { prefix } = type;
  const value = hex.length / 2;
  return [{ method: `u${prefix}`, value, size: sizeOf(prefix), isBytes: false }];
}

function byteParts(hex: string): readonly ConstantPart[] {
  const parts: ConstantPart[] = [];
  let at = 0;
  while (at < hex.length) {
    const left = (hex.length - at) / 2;
    const bits = left >= 4 ? 32 : left >= 2 ? 16 : 8;
    const value = Number.parseInt(hex.slice(at, at + bits / 4), 16);
    parts.push({ method: `u${bits}`, value, size: sizeOf(bits), isBytes: true });
    at += bits / 4;
  }
  return parts;
}

function sizeOf(bits: 8 | 16 | 32): 1 | 2 | 4 {
  return bits === 8 ? 1 : bits === 16 ? 2 : 4;
}
