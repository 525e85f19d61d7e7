/** Concrete nodes → statements. */
import { argumentsOf, expressionOf, itemsOf } from './expressions.ts';
import { childrenOf, isBroken, type Node, type Piece, spanOf, textOfNode } from './node.ts';
import type { Expression, Identifier, Import, Parameter, Statement } from './tree.ts';

/** As deep as Python itself lets blocks stand in each other. */
const DEPTH_MAX = 100;

/** The statements of a file or a body. */
export function statementsOf(nodes: readonly Node[], piece: Piece, depth = 0): Statement[] {
  if (depth > DEPTH_MAX) return [];
  return nodes.flatMap((node) => statementOf(node, { piece, depth }));
}

type Where = { readonly piece: Piece; readonly depth: number };

const BLOCKS: ReadonlySet<string> = new Set([
  'IfStatement',
  'TryStatement',
  'WithStatement',
  'MatchStatement',
  'WhileStatement',
  'ForStatement',
]);

function statementOf(node: Node, where: Where): readonly Statement[] {
  const { piece } = where;
  const span = spanOf(node, piece);
  const children = childrenOf(node);
  if (BLOCKS.has(node.name)) return [blockOf(node, where)];
  switch (node.name) {
    case 'StatementGroup':
      return children.flatMap((child) => statementOf(child, where));
    case 'DecoratedStatement': {
      const decorators = children.filter(({ name }) => name === 'Decorator');
      const last = children.at(-1);
      return last === undefined
        ? []
        : definitionOf(
            last,
            decorators.map((one) => decoratorOf(one, piece)),
            where,
          );
    }
    case 'ClassDefinition':
    case 'FunctionDefinition':
      return definitionOf(node, [], where);
    case 'AssignStatement':
      return [assignmentOf(node, piece)];
    case 'UpdateStatement': {
      const [target, operator, value] = children;
      if (target === undefined || operator === undefined || value === undefined) break;
      return [
        {
          kind: 'update',
          target: expressionOf(target, piece),
          operator: textOfNode(operator, piece).replace(/=$/, ''),
          value: valueOf([value], piece),
          span,
        },
      ];
    }
    case 'ExpressionStatement':
      return [{ kind: 'expression', value: valueOf(children, piece), span }];
    case 'ReturnStatement': {
      const rest = children.slice(1);
      const value = rest.length === 0 ? undefined : valueOf(rest, piece);
      return [{ kind: 'return', value, span }];
    }
    case 'ImportStatement':
      return [importOf(node, piece)];
    default:
  }
  return /^[A-Za-z]+(?:Statement|Definition)$/.test(node.name) ? [{ kind: 'other', span }] : [];
}

function blockOf(node: Node, { depth, piece }: Where): Statement {
  const bodies = childrenOf(node).filter(({ name }) => name === 'Body' || name === 'MatchBody');
  const branches = bodies.map((body) => statementsOf(childrenOf(body), piece, depth + 1));
  const isLoop = node.name === 'ForStatement' || node.name === 'WhileStatement';
  return { kind: 'block', isLoop, branches, span: spanOf(node, piece) };
}

function definitionOf(
  node: Node,
  decorators: readonly Expression[],
  { depth, piece }: Where,
): readonly Statement[] {
  const children = childrenOf(node);
  const find = (name: string): Node | undefined => children.find((one) => one.name === name);
  const named = find('VariableName');
  if (named === undefined) return [];
  const name: Identifier = { name: textOfNode(named, piece), span: spanOf(named, piece) };
  const span = spanOf(node, piece);
  const inside = find('Body');
  const body = inside === undefined ? [] : statementsOf(childrenOf(inside), piece, depth + 1);
  if (node.name === 'ClassDefinition') {
    const list = find('ArgList');
    const inner = (one: Node): Expression => expressionOf(one, piece);
    const bases = list === undefined ? [] : argumentsOf(list, piece, inner);
    return [{ kind: 'class', name, bases, decorators, body, span }];
  }
  if (node.name !== 'FunctionDefinition') return [];
  const list = find('ParamList');
  const parameters = list === undefined ? [] : parametersOf(list, piece);
  return [{ kind: 'function', name, decorators, parameters, body, span }];
}

function decoratorOf(node: Node, piece: Piece): Expression {
  // `@a.b(c)` is written out: names and dots, and perhaps the arguments behind.
  const [, first, ...rest] = childrenOf(node);
  const span = spanOf(node, piece);
  if (first === undefined) return { kind: 'other', span };
  let value = expressionOf(first, piece);
  for (const one of rest) {
    if (one.name === 'ArgList') {
      const args = argumentsOf(one, piece, (inner) => expressionOf(inner, piece));
      value = { kind: 'call', callee: value, args, span };
    } else if (one.name !== '.') {
      value = { kind: 'attribute', object: value, name: textOfNode(one, piece), span };
    }
  }
  return value;
}

function assignmentOf(node: Node, piece: Piece): Statement {
  const span = spanOf(node, piece);
  const groups: Node[][] = [[]];
  let annotation: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name === 'TypeDef') annotation = annotationOf(child, piece);
    else groups.at(-1)?.push(child);
  }
  const sides = groups.map((group) => valueOf(group, piece));
  const value = groups.length === 1 ? undefined : sides.at(-1);
  const targets = groups.length === 1 ? sides : sides.slice(0, -1);
  // A guess of the parser's is worse than no value.
  const isWhole = !isBroken(node);
  return {
    kind: 'assign',
    targets,
    annotation,
    value: value === undefined || isWhole ? value : { kind: 'other', span: value.span },
    span,
  };
}

function annotationOf(node: Node, piece: Piece): Expression {
  const value = childrenOf(node).find(({ name }) => name !== ':');
  return value === undefined
    ? { kind: 'other', span: spanOf(node, piece) }
    : expressionOf(value, piece);
}

/** Several values between commas are a tuple. */
function valueOf(nodes: readonly Node[], piece: Piece): Expression {
  const [first] = nodes;
  const last = nodes.at(-1);
  const inner = (node: Node): Expression => expressionOf(node, piece);
  if (first === undefined || last === undefined) {
    return { kind: 'other', span: spanOf({ from: 0, to: 0 }, piece) };
  }
  if (nodes.length === 1) return inner(first);
  const span = spanOf({ from: first.from, to: last.to }, piece);
  return { kind: 'list', items: itemsOf(nodes, inner), span };
}

function parametersOf(list: Node, piece: Piece): readonly Parameter[] {
  const found: Parameter[] = [];
  let star: Parameter['star'] = '';
  let isInitial = false;
  for (const node of childrenOf(list)) {
    const last = found.at(-1);
    if (node.name === '(' || node.name === ')') continue;
    if (node.name === ',') [star, isInitial] = ['', false];
    else if (node.name === '*' || node.name === '**') star = node.name;
    else if (node.name === 'AssignOp') isInitial = true;
    else if (node.name === 'TypeDef' && last !== undefined) {
      found[found.length - 1] = { ...last, annotation: annotationOf(node, piece) };
    } else if (isInitial && last !== undefined) {
      found[found.length - 1] = { ...last, initial: expressionOf(node, piece) };
    } else if (node.name === 'VariableName') {
      const name = textOfNode(node, piece);
      const span = spanOf(node, piece);
      found.push({ name, span, star, annotation: undefined, initial: undefined });
    }
  }
  return found;
}

function importOf(node: Node, piece: Piece): Import {
  const span = spanOf(node, piece);
  const words = childrenOf(node)
    .map((child) => textOfNode(child, piece))
    .filter((word) => word !== '(' && word !== ')');
  const at = words.indexOf('import');
  const from = words[0] === 'from' ? words.slice(1, at).join('') : undefined;
  const names: { path: string; as: string }[] = [];
  let path = '';
  let as = '';
  for (const word of [...words.slice(at + 1), ',']) {
    if (word === ',') {
      // Without `as`, `import a.b` makes `a` known.
      const known = as === '' ? (path.split('.')[0] ?? path) : as;
      if (path !== '') names.push({ path, as: known });
      [path, as] = ['', ''];
    } else if (word === 'as') as = ' ';
    else if (as === '') path += word;
    else as = word;
  }
  return { kind: 'import', from, names, span };
}
