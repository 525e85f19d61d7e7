/** From an expression to the object or class that it comes from, as long as the file tells. */
import type * as Morph from 'ts-morph';
import { declarationsOf } from './naming.ts';
import type { Tree } from './tree.ts';

/** What can hold handlers. */
export type HomeNode =
  Morph.ObjectLiteralExpression | Morph.ClassDeclaration | Morph.ClassExpression;

/** The object or class behind an expression; undefined when the file does not hold it. */
export function resolveHome(
  tree: Tree,
  expression: Morph.Node | undefined,
  seen: ReadonlySet<Morph.Node> = new Set(),
): HomeNode | undefined {
  const { Node } = tree.morph;
  if (expression === undefined || seen.has(expression)) return undefined;
  const again = (node: Morph.Node | undefined) =>
    resolveHome(tree, node, new Set([...seen, expression]));
  if (Node.isObjectLiteralExpression(expression)) return expression;
  if (
    Node.isParenthesizedExpression(expression) ||
    Node.isAsExpression(expression) ||
    Node.isSatisfiesExpression(expression) ||
    Node.isTypeAssertion(expression) ||
    Node.isNonNullExpression(expression) ||
    Node.isAwaitExpression(expression)
  ) {
    return again(expression.getExpression());
  }
  if (Node.isNewExpression(expression)) {
    return valuesOf(tree, expression.getExpression()).find(
      (node) => Node.isClassDeclaration(node) || Node.isClassExpression(node),
    );
  }
  if (Node.isCallExpression(expression)) {
    const callee = expression.getExpression();
    if (callee.getText() === 'Object.freeze') return again(expression.getArguments()[0]);
    const made = valuesOf(tree, callee).flatMap((node) => returnedBy(tree, node));
    return made.map(again).find((node) => node !== undefined);
  }
  if (!Node.isIdentifier(expression)) return undefined;
  const values = valuesOf(tree, expression).filter((node) => !Node.isFunctionLikeDeclaration(node));
  return values.map(again).find((node) => node !== undefined);
}

/** What the file assigns to a name where it declares it. */
function valuesOf(tree: Tree, name: Morph.Node): readonly Morph.Node[] {
  const { Node } = tree.morph;
  const parent = name.getParent();
  const isShort = Node.isShorthandPropertyAssignment(parent);
  const declarations = isShort
    ? (parent.getValueSymbol()?.getDeclarations() ?? [])
    : declarationsOf(name);
  return declarations.flatMap((node) =>
    Node.isVariableDeclaration(node) ? (node.getInitializer() ?? []) : node,
  );
}

/** The expressions that a function returns; those of functions inside it are not its own. */
export function returnedBy(tree: Tree, node: Morph.Node | undefined): readonly Morph.Node[] {
  const { Node } = tree.morph;
  if (!Node.isBodyable(node) && !Node.isBodied(node)) return [];
  const body = node.getBody();
  if (body === undefined) return [];
  if (!Node.isBlock(body)) return [body];
  const found: Morph.Node[] = [];
  body.forEachDescendant((inner, traversal) => {
    if (isScope(tree, inner)) traversal.skip();
    else if (Node.isReturnStatement(inner)) found.push(...[inner.getExpression() ?? []].flat());
  });
  return found;
}

function isScope(tree: Tree, node: Morph.Node): boolean {
  const { Node } = tree.morph;
  return (
    Node.isFunctionLikeDeclaration(node) ||
    Node.isFunctionExpression(node) ||
    Node.isClassDeclaration(node) ||
    Node.isClassExpression(node)
  );
}
