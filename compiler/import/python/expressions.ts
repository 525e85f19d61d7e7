/** Concrete nodes → expressions. */
import { integerOf, stringOf } from './literals.ts';
import { childrenOf, type Node, type Piece, spanOf, textOfNode } from './node.ts';
import type { Argument, Expression } from './tree.ts';

/** Deeper nesting is `other`: nobody writes it, and reading it would end in a full stack. */
const DEPTH_MAX = 60;

/** The expression of a node. */
export function expressionOf(node: Node, piece: Piece, depth = 0): Expression {
  const span = spanOf(node, piece);
  const other: Expression = { kind: 'other', span };
  if (depth > DEPTH_MAX) return other;
  const inner = (child: Node): Expression => expressionOf(child, piece, depth + 1);
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', name: textOfNode(node, piece), span };
    case 'Number': {
      const value = integerOf(textOfNode(node, piece));
      return value === undefined ? other : { kind: 'integer', value, span };
    }
    case 'Boolean':
      return { kind: 'truth', value: textOfNode(node, piece) === 'True', span };
    case 'None':
      return { kind: 'none', span };
    case 'String': {
      const value = stringOf(textOfNode(node, piece));
      return value === undefined ? other : { ...value, span };
    }
    case 'ContinuedString':
      return joined(childrenOf(node).map(inner), other);
    case 'ParenthesizedExpression': {
      const [, child] = childrenOf(node);
      return child === undefined ? other : { ...inner(child), span };
    }
    case 'ArrayExpression':
    case 'TupleExpression':
      return { kind: 'list', items: itemsOf(childrenOf(node).slice(1), inner), span };
    case 'MemberExpression':
      return memberOf(node, { piece, inner, other });
    case 'CallExpression': {
      const [callee, args] = childrenOf(node);
      if (callee === undefined || args === undefined) return other;
      return { kind: 'call', callee: inner(callee), args: argumentsOf(args, piece, inner), span };
    }
    case 'BinaryExpression': {
      const [left, operator, right, ...more] = childrenOf(node);
      if (left === undefined || operator === undefined || right === undefined || more.length > 0) {
        return other;
      }
      const text = textOfNode(operator, piece);
      return { kind: 'binary', operator: text, left: inner(left), right: inner(right), span };
    }
    case 'UnaryExpression': {
      const [operator, value] = childrenOf(node);
      if (operator === undefined || value === undefined) return other;
      return textOfNode(operator, piece) === '-'
        ? { kind: 'minus', value: inner(value), span }
        : other;
    }
    default:
      return other;
  }
}

/** Values between commas, as a statement or brackets hold them. */
export function itemsOf(
  nodes: readonly Node[],
  inner: (node: Node) => Expression,
): readonly Expression[] {
  const items: Expression[] = [];
  let star: Node | undefined;
  for (const node of nodes) {
    if (/^[,()[\]]$/.test(node.name)) continue;
    if (node.name === '*') {
      star = node;
      continue;
    }
    const value = inner(node);
    items.push(star === undefined ? value : { kind: 'star', value, span: value.span });
    star = undefined;
  }
  return items;
}

/** Of a call, or of a class. `**` ones and those whose name is all there is are left out. */
export function argumentsOf(
  list: Node,
  piece: Piece,
  inner: (node: Node) => Expression,
): readonly Argument[] {
  const nodes = childrenOf(list).filter(({ name }) => !/^[(),]$/.test(name));
  const found: Argument[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const [node, next, third] = nodes.slice(at, at + 3);
    if (node === undefined) break;
    if ((node.name === '*' || node.name === '**') && next !== undefined) {
      const value = inner(next);
      const hidden: Expression = { kind: 'star', value, span: value.span };
      found.push({ name: node.name === '**' ? '**' : undefined, value: hidden });
      at += 1;
    } else if (next?.name === 'AssignOp' && third !== undefined) {
      found.push({ name: textOfNode(node, piece), value: inner(third) });
      at += 2;
    } else {
      found.push({ name: undefined, value: inner(node) });
    }
  }
  return found;
}

function memberOf(
  node: Node,
  {
    inner,
    other,
    piece,
  }: {
    readonly piece: Piece;
    readonly inner: (node: Node) => Expression;
    readonly other: Expression;
  },
): Expression {
  const [object, mark, ...rest] = childrenOf(node);
  const { span } = other;
  if (object === undefined || mark === undefined) return other;
  if (mark.name === '.') {
    const name = rest.find((one) => one.name === 'PropertyName');
    if (name === undefined) return other;
    return { kind: 'attribute', object: inner(object), name: textOfNode(name, piece), span };
  }
  // A slice is nothing that is declared.
  if (rest.some((one) => one.name === ':')) return other;
  return { kind: 'index', object: inner(object), items: itemsOf(rest, inner), span };
}

/** Literals side by side are one. */
function joined(parts: readonly Expression[], other: Expression): Expression {
  const { span } = other;
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  if (texts.length === parts.length) return { kind: 'text', text: texts.join(''), span };
  const runs = parts.flatMap((part) => (part.kind === 'bytes' ? [...part.bytes] : []));
  return parts.every(({ kind }) => kind === 'bytes')
    ? { kind: 'bytes', bytes: Uint8Array.from(runs), span }
    : other;
}
