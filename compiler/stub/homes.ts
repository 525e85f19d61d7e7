/** Finds what holds the handlers of a protocol: by types that are written, never by its own name. */
import type * as Morph from 'ts-morph';
import { declarationsOf, type HandlersType, type Naming } from './naming.ts';
import { type HomeNode, resolveHome, returnedBy } from './resolve-home.ts';
import { nodesOf, type Tree } from './tree.ts';

/** An object or a class that holds handlers. */
export type Home = {
  readonly node: HomeNode;
  /** False where other members may stand beside the handlers. */
  readonly isExact: boolean;
  /** The handlers' type as the file writes it; undefined where it is nowhere near. */
  readonly typeText: string | undefined;
};

/** An expression that must be handlers. */
type Place = {
  readonly expression: Morph.Node | undefined;
  readonly type: HandlersType;
  readonly typeText?: string;
};

/** Everything in the file that holds handlers, each once, in the order of the file. */
export function findHomes(tree: Tree, naming: Naming): readonly Home[] {
  const homes = new Map<HomeNode, Home>();
  const add = (home: Home): void => {
    const known = homes.get(home.node);
    // A class says its type itself, and knows best.
    if (known === undefined || home.typeText !== undefined) homes.set(home.node, home);
  };
  for (const node of nodesOf(tree.file)) {
    const own = classHome(tree, naming, node);
    if (own !== undefined) add(own);
    for (const place of [
      ...typedPlaces(tree, naming, node),
      ...protocolPlaces(tree, naming, node),
    ]) {
      const found = resolveHome(tree, place.expression);
      if (found === undefined) continue;
      const isObject = tree.morph.Node.isObjectLiteralExpression(found);
      add({ node: found, isExact: isObject && place.type.isExact, typeText: place.typeText });
    }
  }
  return [...homes.values()].sort((a, b) => a.node.getStart() - b.node.getStart());
}

/** A class that says it implements the handlers. */
function classHome(tree: Tree, naming: Naming, node: Morph.Node): Home | undefined {
  const { Node } = tree.morph;
  if (!Node.isClassDeclaration(node) && !Node.isClassExpression(node)) return undefined;
  const type = node.getImplements().find((one) => naming.handlers(one) !== undefined);
  return type === undefined ? undefined : { node, isExact: false, typeText: type.getText() };
}

const EXACT: HandlersType = { isExact: true };

/** Expressions that a written type says are handlers. */
function typedPlaces(tree: Tree, naming: Naming, node: Morph.Node): readonly Place[] {
  const { Node } = tree.morph;
  if (
    Node.isVariableDeclaration(node) ||
    Node.isPropertyDeclaration(node) ||
    Node.isParameterDeclaration(node)
  ) {
    const expression = node.getInitializer();
    const type = naming.handlers(node.getTypeNode());
    if (type !== undefined) return [{ expression, type }];
    const returned = naming.returned(node.getTypeNode());
    return returned === undefined ? [] : returnPlaces(tree, expression, returned);
  }
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node) || Node.isTypeAssertion(node)) {
    const type = naming.handlers(node.getTypeNode());
    return type === undefined ? [] : [{ expression: node.getExpression(), type }];
  }
  if (Node.isCallExpression(node)) return argumentPlaces(tree, naming, node);
  if (!Node.isReturnTyped(node)) return [];
  const type = naming.handlers(node.getReturnTypeNode());
  return type === undefined ? [] : returnPlaces(tree, node, type);
}

/** What a function gives back, in each of its own returns. */
function returnPlaces(
  tree: Tree,
  node: Morph.Node | undefined,
  type: HandlersType,
): readonly Place[] {
  return returnedBy(tree, node).map((expression) => ({ expression, type }));
}

/** Handlers that are handed to a function: its type arguments, its parameters or a neighbour tell. */
function argumentPlaces(tree: Tree, naming: Naming, call: Morph.CallExpression): readonly Place[] {
  const { Node } = tree.morph;
  const all = call.getArguments();
  const isTold =
    all.some((one) => naming.isProtocol(one)) ||
    call.getTypeArguments().some((one) => naming.handlers(one) ?? naming.isAboutProtocol(one));
  if (isTold) {
    const objects = all.filter(Node.isObjectLiteralExpression);
    return objects
      .filter((one) => one.getProperty('protocol') === undefined)
      .map((expression) => ({ expression, type: EXACT }));
  }
  const [callee] = declarationsOf(call.getExpression());
  const target = Node.isVariableDeclaration(callee) ? callee.getInitializer() : callee;
  if (!Node.isParametered(target)) return [];
  const parameters = target.getParameters();
  return all.flatMap((expression, at) => {
    const type = naming.handlers(parameters[at]?.getTypeNode());
    return type === undefined ? [] : [{ expression, type }];
  });
}

/** `handlers:` in an object with `protocol:`, and in what is typed as a part of its community. */
function protocolPlaces(tree: Tree, naming: Naming, node: Morph.Node): readonly Place[] {
  const { Node } = tree.morph;
  const isCommunity = Node.isObjectLiteralExpression(node) && hasProtocol(tree, naming, node);
  const isBehaviour =
    (Node.isReturnTyped(node) && naming.isAboutProtocol(node.getReturnTypeNode())) ||
    (Node.isVariableDeclaration(node) && naming.isAboutProtocol(node.getTypeNode()));
  if (!isCommunity && !isBehaviour) return [];
  return handlersInside(tree, node).map((expression) => ({ expression, type: EXACT }));
}

function hasProtocol(tree: Tree, naming: Naming, object: Morph.ObjectLiteralExpression): boolean {
  const { Node } = tree.morph;
  const property = object.getProperty('protocol');
  if (Node.isShorthandPropertyAssignment(property)) {
    return naming.isProtocol(property.getNameNode());
  }
  return Node.isPropertyAssignment(property) && naming.isProtocol(property.getInitializer());
}

/** The values of `handlers:` inside a node; those inside of handlers are other handlers. */
function handlersInside(tree: Tree, node: Morph.Node): readonly Morph.Node[] {
  const { Node } = tree.morph;
  const found: Morph.Node[] = [];
  node.forEachDescendant((inner, traversal) => {
    const isAssigned = Node.isPropertyAssignment(inner) && inner.getName() === 'handlers';
    const isShort = Node.isShorthandPropertyAssignment(inner) && inner.getName() === 'handlers';
    if (!isAssigned && !isShort) return;
    found.push(isAssigned ? inner.getInitializerOrThrow() : inner.getNameNode());
    traversal.skip();
  });
  return found;
}
