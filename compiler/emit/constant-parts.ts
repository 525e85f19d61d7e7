/** Constants as a row of integers that codecs write and compare. */
import type { ConstantValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';

/**
 * One read or write: `method` of reader and writer, the value as source text, and its size in
 * bytes.
 */
export type ConstantPart = {
  readonly method: string;
  readonly literal: string;
  readonly size: number;
};

/** Byte strings go four bytes at a time, so that no array is made to compare them. */
export function constantParts(type: WireType, constant: ConstantValue): readonly ConstantPart[] {
  switch (constant.kind) {
    case 'bool':
      return [{ method: 'bool', literal: `${constant.value}`, size: 1 }];
    case 'integer':
      return [integerPart(type, constant.value)];
    case 'bytes':
      return [...lengthPart(type, constant.hex), ...byteParts(constant.hex)];
  }
}

function integerPart(type: WireType, value: bigint): ConstantPart {
  const bits = type.kind === 'integer' || type.kind === 'enum' ? type.bits : 8;
  const sign = type.kind === 'integer' && type.isSigned ? 'i' : 'u';
  const literal = bits === 64 ? `${value}n` : `${value}`;
  return { method: `${sign}${bits}`, literal, size: bits / 8 };
}

function lengthPart(type: WireType, hex: string): readonly ConstantPart[] {
  if (type.kind !== 'bytes' && type.kind !== 'string') return [];
  const size = type.prefix / 8;
  return [{ method: `u${type.prefix}`, literal: `${hex.length / 2}`, size }];
}

function byteParts(hex: string): readonly ConstantPart[] {
  const parts: ConstantPart[] = [];
  let at = 0;
  while (at < hex.length) {
    const left = (hex.length - at) / 2;
    const size = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    const digits = hex.slice(at, at + size * 2).toLowerCase();
    parts.push({ method: `u${size * 8}`, literal: `0x${digits}`, size });
    at += size * 2;
  }
  return parts;
}
