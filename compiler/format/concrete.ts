/** Concrete trees, read without knowing their rules one by one. */
import type { CstNode, IToken } from '../syntax/tree.ts';

/** A node or a token. */
export type Element = CstNode | IToken;

/** A body between braces, or a list between brackets. */
export type Block = {
  readonly open: IToken;
  readonly close: IToken;
  /** What stands between the braces, in order, commas included. */
  readonly entries: readonly Element[];
};

/** True for a token. */
export function isToken(element: Element): element is IToken {
  return 'image' in element;
}

/** Offset of the first character. */
export function startOf(element: Element): number {
  return isToken(element) ? element.startOffset : (element.location?.startOffset ?? 0);
}

/** Offset behind the last character. */
export function endOf(element: Element): number {
  const last = isToken(element) ? element.endOffset : element.location?.endOffset;
  return (last ?? startOf(element)) + 1;
}

/** The children under one label; none when the rule did not come to it. */
export function childrenOf(node: CstNode, label: string): readonly Element[] {
  return node.children[label] ?? [];
}

/** All children in the order of the text; nodes without a token are left out. */
export function allChildren(node: CstNode): readonly Element[] {
  const children: Element[] = [];
  for (const label in node.children) {
    for (const child of childrenOf(node, label)) {
      if (!Number.isNaN(startOf(child))) children.push(child);
    }
  }
  return children.sort((a, b) => startOf(a) - startOf(b));
}

/** The body of a declaration, field of bits or value; undefined when a bracket is missing. */
export function blockOf(node: CstNode): Block | undefined {
  const holder = holderOf(node);
  const open = holder?.children['LBrace']?.[0] ?? holder?.children['LSquare']?.[0];
  const close = holder?.children['RBrace']?.[0] ?? holder?.children['RSquare']?.[0];
  if (holder === undefined || open === undefined || close === undefined) return undefined;
  if (!isToken(open) || !isToken(close)) return undefined;
  const entries = allChildren(holder)
    .filter((child) => startOf(child) > open.startOffset && child !== close)
    .flatMap((child) =>
      !isToken(child) && child.name === 'member' ? allChildren(child) : [child],
    );
  return { open, close, entries };
}

/** Nodes that have braces of their own. */
const HOLDERS: readonly string[] = ['community', 'enumeration', 'codec'];

/** The node that has the braces among its children. */
function holderOf(node: CstNode): CstNode | undefined {
  if (HOLDERS.includes(node.name)) return node;
  if (node.name === 'struct' || node.name === 'message') return firstNode(node, 'fields');
  if (node.name === 'vector') return firstNode(node, 'object');
  if (node.name === 'objectEntry') return holderIn(firstNode(node, 'literal'));
  if (node.name === 'literal') return holderIn(node);
  if (node.name !== 'field') return undefined;
  const type = firstNode(node, 'type');
  return type === undefined ? undefined : firstNode(type, 'bits');
}

function holderIn(literal: CstNode | undefined): CstNode | undefined {
  return literal && (firstNode(literal, 'object') ?? firstNode(literal, 'list'));
}

function firstNode(node: CstNode, label: string): CstNode | undefined {
  const first = childrenOf(node, label)[0];
  return first === undefined || isToken(first) ? undefined : first;
}
