/** Constants in the source text of codecs. */
import { constantParts as partsOf } from '../ir/constant-parts.ts';
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

/** The reads or writes of a constant. */
export function constantParts(type: WireType, constant: ConstantValue): readonly ConstantPart[] {
  return partsOf(type, constant).map((part) => {
    const { method, size, value } = part;
    if (typeof value === 'bigint') return { method, size, literal: `${value}n` };
    const isHex = 'isBytes' in part && part.isBytes;
    const literal = isHex ? `0x${value.toString(16).padStart(size * 2, '0')}` : `${value}`;
    return { method, size, literal };
  });
}
