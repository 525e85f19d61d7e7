/** Packets as JSON lines, for other programs. */
import { toHex } from '../../../runtime/index.ts';
import type { VectorValue } from '../../ir/model.ts';
import { typeText } from '../../ir/type-text.ts';
import type { PacketPart } from '../../wire/packet-part.ts';
import type { WireNode } from '../../wire/wire-node.ts';
import type { Decoded } from './decoded.ts';

/**
 * One object on one line. Integers of 64 bits are decimal texts, bytes hexadecimal ones; a number
 * that JSON has no word for is its name.
 */
export function printJson({ packet, parts, facts, problem }: Decoded): string {
  const { bytes, way } = packet;
  const object = {
    ...(way === undefined ? {} : { frame: way.number, from: way.from, to: way.to }),
    ...(way?.timeSeconds === undefined ? {} : { timeSeconds: way.timeSeconds }),
    length: bytes.length,
    ...facts,
    fits: problem === undefined,
    ...(problem === undefined ? {} : { problem }),
    parts: parts.map((part) => partObject(part, bytes)),
  };
  return `${JSON.stringify(object)}\n`;
}

function partObject({ node, note }: PacketPart, bytes: Uint8Array): object {
  return { ...nodeObject(node, bytes), ...(note === undefined ? {} : { note }) };
}

function nodeObject(node: WireNode, bytes: Uint8Array): object {
  const { children, length, name, offset, path, type, value } = node;
  return {
    name,
    path,
    offset,
    length,
    ...(type === undefined ? {} : { type: typeText(type) }),
    ...(children.length === 0
      ? {
          hex: toHex(bytes.subarray(offset, offset + length)),
          ...(value === undefined ? {} : { value: plain(value) }),
        }
      : { parts: children.map((child) => nodeObject(child, bytes)) }),
  };
}

function plain(value: VectorValue): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'number') return Number.isFinite(value) ? value : `${value}`;
  if (typeof value === 'boolean') return value;
  switch (value.kind) {
    case 'bytes':
      return value.hex;
    case 'text':
      return value.text;
    case 'address':
      return { host: value.host, port: value.port };
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(
        Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]),
      );
  }
}
