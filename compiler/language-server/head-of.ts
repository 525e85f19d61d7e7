import { mergeSpans, type Span, startOf } from '../source/span.ts';
import type { Entity } from './entities.ts';

type Node = Entity['node'];

/** What is written in front of the body: for most things, all there is. */
export function headOf(node: Node): Span {
  const parts = partsOf(node).filter((part) => part !== undefined);
  return parts.length === 0 ? node.span : parts.reduce(mergeSpans, startOf(node.span));
}

/** The parts of a head; none of what has no body. */
function partsOf(node: Node): readonly (Span | undefined)[] {
  if (!('kind' in node)) return [];
  switch (node.kind) {
    case 'message':
      return [node.name.span, node.overrides?.span, node.id?.span, node.via.at(-1)?.span];
    case 'community':
      return [node.name.span, node.parent?.span, node.version?.span, node.identity?.span];
    case 'struct':
      return [node.name.span];
    case 'enum':
    case 'flags':
    case 'union':
      return [node.name.span, node.width?.span];
    case 'const':
    case 'codec':
    case 'request':
      return [];
  }
}
