/** Where the parts of bytes lie, for what changes them. */
import type { WireType } from '../ir/wire-type.ts';
import type { WireNode } from '../wire/wire-node.ts';
import type { Span } from './mutate.ts';

/** Parts of a sample that are known: long lists have thousands that are all alike. */
const SPANS_MAX = 64;

/** The tree's places, the outer ones first. */
export function spansOf(tree: WireNode): readonly Span[] {
  const spans: Span[] = [];
  const waiting: WireNode[] = [tree];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (spans.length >= SPANS_MAX) break;
    spans.push({ offset: node.offset, length: node.length, lead: leadOf(node.type) });
    waiting.push(...node.children);
  }
  return spans;
}

function leadOf(type: WireType | undefined): Span['lead'] {
  switch (type?.kind) {
    case 'bool':
    case 'bits':
      return 1;
    case 'integer':
    case 'enum':
    case 'flags':
    case 'float':
      return bytesOf(type.bits);
    case 'bytes':
    case 'string':
      return bytesOf(type.prefix);
    case 'list':
      return type.count === 'rest' ? 0 : bytesOf(type.count);
    case 'array':
      return 2;
    case 'struct':
    case 'union':
      return type.isInline ? 0 : 2;
    case 'address':
      return type.form === 'ipv4' ? 0 : 1;
    case 'codec':
      return leadOf(type.carrier);
    case 'fixed-bytes':
    case 'rest':
    case undefined:
      return 0;
  }
}

function bytesOf(bits: 8 | 16 | 32 | 64): Span['lead'] {
  return ({ 8: 1, 16: 2, 32: 4, 64: 8 } as const)[bits];
}
