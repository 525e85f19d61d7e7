/** What the names of a file stand for: imports, aliases and namespaces are looked through. */
import type * as Morph from 'ts-morph';
import type { StubRequest } from './request.ts';
import { nodesOf, type Tree } from './tree.ts';

/** Whether a type is that of the handlers alone, or holds other members besides. */
export type HandlersType = { readonly isExact: boolean };

export type Naming = {
  /** Undefined for a type that is not the handlers'. */
  handlers(type: Morph.Node | undefined): HandlersType | undefined;
  /** What a function type returns, when that is the handlers' type. */
  returned(type: Morph.Node | undefined): HandlersType | undefined;
  /** True for an expression that is the protocol. */
  isProtocol(node: Morph.Node | undefined): boolean;
  /** True for a type with `typeof protocol` in it. */
  isAboutProtocol(type: Morph.Node | undefined): boolean;
  /** True for the type of a handler's parameter: a message, or what comes with it. */
  isOfHandler(type: Morph.Node | undefined): boolean;
};

/** Types whose argument has the same members. */
const TRANSPARENT = new Set(['Readonly', 'Required', 'NoInfer', 'Promise', 'Awaited']);

/** The names of one file, as one community's stubs need them. */
export function createNaming(tree: Tree, request: StubRequest): Naming {
  const { Node } = tree.morph;
  const isNamed = createImports(tree, request);
  const handlersOf = (
    type: Morph.Node | undefined,
    seen: ReadonlySet<Morph.Node>,
  ): HandlersType | undefined => {
    if (type === undefined || seen.has(type)) return undefined;
    const inside = new Set([...seen, type]);
    const again = (inner: Morph.Node | undefined) => handlersOf(inner, inside);
    if (Node.isParenthesizedTypeNode(type)) return again(type.getTypeNode());
    if (Node.isIntersectionTypeNode(type)) {
      return type.getTypeNodes().some((one) => again(one)) ? { isExact: false } : undefined;
    }
    const reference = referenceOf(tree, type);
    if (reference === undefined) return undefined;
    const [first] = reference.arguments;
    if (isNamed(reference.name, request.handlersType)) return { isExact: true };
    if (isNamed(reference.name, 'Handlers')) {
      return isAboutProtocol(first) ? { isExact: true } : undefined;
    }
    if (TRANSPARENT.has(reference.name.getText())) return again(first);
    for (const declaration of declarationsOf(reference.name)) {
      if (Node.isTypeAliasDeclaration(declaration)) return again(declaration.getTypeNode());
      if (!Node.isInterfaceDeclaration(declaration)) continue;
      if (declaration.getExtends().some((one) => again(one))) return { isExact: false };
    }
    return undefined;
  };
  const isProtocol = (node: Morph.Node | undefined): boolean =>
    node !== undefined && isNamed(node, request.protocol.name);
  const isAboutProtocol = (type: Morph.Node | undefined): boolean => {
    const queries = type === undefined ? [] : nodesOf(type).filter(Node.isTypeQuery);
    return queries.some((query) => isProtocol(query.getExprName()));
  };
  const handlers = (type: Morph.Node | undefined) => handlersOf(type, new Set());
  return {
    handlers,
    returned: (type) => handlers(functionType(tree, type)?.getReturnTypeNode()),
    isProtocol,
    isAboutProtocol,
    isOfHandler: (type) => {
      if (type === undefined) return false;
      const names = nodesOf(type).filter(Node.isIdentifier);
      return names.some((name) => CONTEXTS.has(name.getText()) || isFromOurs(tree, request, name));
    },
  };
}

/** The runtime's types of what comes with a message. */
const CONTEXTS = new Set(['ContextOf', 'SignedContext', 'UnsignedContext']);

function isFromOurs(tree: Tree, request: StubRequest, name: Morph.Node): boolean {
  const imports = declarationsOf(name).map((node) =>
    node.getFirstAncestor(tree.morph.Node.isImportDeclaration),
  );
  const ours = stem(request.protocol.specifier);
  return imports.some((one) => one !== undefined && stem(one.getModuleSpecifierValue()) === ours);
}

function functionType(
  tree: Tree,
  type: Morph.Node | undefined,
): Morph.FunctionTypeNode | undefined {
  const { Node } = tree.morph;
  if (type === undefined || Node.isFunctionTypeNode(type)) return type;
  const name = referenceOf(tree, type)?.name;
  const alias = declarationsOf(name).find(Node.isTypeAliasDeclaration)?.getTypeNode();
  return Node.isFunctionTypeNode(alias) ? alias : undefined;
}

/** A type's name with its arguments, also behind `implements` and in an import type. */
function referenceOf(
  tree: Tree,
  type: Morph.Node,
): { readonly name: Morph.Node; readonly arguments: readonly Morph.Node[] } | undefined {
  const { Node } = tree.morph;
  if (Node.isTypeReference(type)) {
    return { name: type.getTypeName(), arguments: type.getTypeArguments() };
  }
  if (Node.isExpressionWithTypeArguments(type)) {
    return { name: type.getExpression(), arguments: type.getTypeArguments() };
  }
  if (!Node.isImportTypeNode(type)) return undefined;
  const name = type.getQualifier();
  return name === undefined ? undefined : { name, arguments: type.getTypeArguments() };
}

/** Where the file declares what a name stands for. */
export function declarationsOf(name: Morph.Node | undefined): readonly Morph.Node[] {
  return name?.getSymbol()?.getDeclarations() ?? [];
}

/** Tells whether a name of the file is what a module exports under another one. */
function createImports(tree: Tree, request: StubRequest) {
  const { Node } = tree.morph;
  const ours = stem(request.protocol.specifier);
  const imports = tree.file.getImportDeclarations();
  const named = imports.flatMap((declaration) =>
    declaration.getNamedImports().map((specifier) => ({
      exported: specifier.getName(),
      local: specifier.getAliasNode()?.getText() ?? specifier.getName(),
      isOurs: stem(declaration.getModuleSpecifierValue()) === ours,
    })),
  );
  const spaces = new Set(imports.map((one) => one.getNamespaceImport()?.getText()));
  const isLocal = (name: Morph.Node): boolean =>
    declarationsOf(name).some((node) => !Node.isImportSpecifier(node));
  return (node: Morph.Node, exported: string): boolean => {
    const parts = node.getText().split('.');
    const [head = '', member] = parts;
    if (member !== undefined) return parts.length === 2 && spaces.has(head) && member === exported;
    // Where the generated module itself is imported, nobody else's name is meant.
    const same = named.filter((one) => one.exported === exported);
    const best = same.some((one) => one.isOurs) ? same.filter((one) => one.isOurs) : same;
    if (best.some((one) => one.local === head)) return true;
    const isImported = named.some((one) => one.local === head);
    return same.length === 0 && head === exported && !isImported && !isLocal(node);
  };
}

/** A module specifier without what differs between source and output. */
function stem(specifier: string): string {
  return specifier.replace(/\.[cm]?[jt]sx?$/, '');
}
