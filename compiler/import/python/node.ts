/** The parser's concrete nodes, and how they are walked. */
import { parser } from '@lezer/python';
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';

/** A concrete tree of the parser library. */
export type Tree = ReturnType<typeof parser.parse>;

/** One of its nodes. */
export type Node = Tree['topNode'];

/**
 * A tree of the text. Undefined for one that is nested too deep: the parser makes its trees by
 * recursion, which ends where the stack does. Python refuses such texts too.
 */
export function parseText(text: string): Tree | undefined {
  try {
    return parser.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A text that is read, and where it begins in its source. */
export type Piece = { readonly source: Source; readonly offset: number; readonly text: string };

/** The place of a node in the source. */
export function spanOf(node: { readonly from: number; readonly to: number }, piece: Piece): Span {
  const { offset, source } = piece;
  return { source, start: offset + node.from, end: offset + node.to };
}

export function textOfNode(node: Node, piece: Piece): string {
  return piece.text.slice(node.from, node.to);
}

/** The nodes directly below, without comments. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** True when the parser had to guess below this node. */
export function isBroken(node: Node): boolean {
  if (node.type.isError) return true;
  let isFound = false;
  node.toTree().iterate({
    enter: ({ type }) => {
      isFound ||= type.isError;
      return !isFound;
    },
  });
  return isFound;
}
