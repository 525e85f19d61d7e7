/** Pieces of a packet outside of its fields. */
import type { WireType } from '../ir/wire-type.ts';
import type { Declarations } from './declarations.ts';
import { bytesValue } from './read-leaf.ts';
import type { WireNode } from './wire-node.ts';

/** A piece of a packet. `note` says more than its value does; fields have `declarations`. */
export type PacketPart = {
  readonly node: WireNode;
  readonly note: string | undefined;
  readonly declarations?: Declarations;
};

const BYTES: WireType = { kind: 'rest' };

export function numberPart(
  name: string,
  given: {
    readonly offset: number;
    readonly length: number;
    readonly value: number | bigint;
    readonly note?: string;
  },
): PacketPart {
  const { offset, length, value, note } = given;
  const bits = length === 8 ? 64 : 8;
  const type: WireType = { kind: 'integer', bits, isSigned: false, range: undefined };
  return { node: { ...plain(name), offset, length, type, value }, note };
}

export function bytesPart(
  name: string,
  given: {
    readonly offset: number;
    readonly bytes: Uint8Array;
    readonly note: string | undefined;
  },
): PacketPart {
  const { bytes, note, offset } = given;
  const value = bytesValue(bytes);
  return { node: { ...plain(name), offset, length: bytes.length, type: BYTES, value }, note };
}

/** What was read of a piece before it broke off. */
export function brokenPart(
  name: string,
  { length, offset }: { readonly length: number; readonly offset: number },
): PacketPart {
  return {
    node: { ...plain(name), offset, length, type: BYTES, value: undefined },
    note: undefined,
  };
}

function plain(name: string) {
  return { name, path: name, isConstant: false, children: [] };
}
