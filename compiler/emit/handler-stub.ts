/**
 * Brings an author's file up to date with its schema: finds the handlers by syntax tree, then only
 * inserts text. The
 * tree is never printed back. The one file that loads ts-morph, and only when it is asked to.
 */
import type * as Morph from 'ts-morph';
import type { BracedList } from './braced-list.ts';
import { handlerName } from './names.ts';
import { type ErrorImport, spliceHandlers } from './handler-splice.ts';
import { ERROR_NAME, type FileStyle, type StubRequest } from './stub-text.ts';

export { printStubFile, type StubRequest } from './stub-text.ts';

/** What became of a file. */
export type StubUpdate =
  | {
      readonly ok: true;
      readonly text: string;
      /** Handlers that were added. */
      readonly added: readonly string[];
      /** Handlers whose message the protocol does not have. They stay. */
      readonly gone: readonly { readonly name: string; readonly line: number }[];
    }
  | { readonly ok: false; readonly problem: string; readonly line: number | undefined };

type Tree = { readonly morph: typeof Morph; readonly file: Morph.SourceFile };

/** Adds a stub for every message without a handler. `fileName` tells TypeScript from JavaScript. */
export async function updateStub(
  text: string,
  fileName: string,
  request: StubRequest,
): Promise<StubUpdate> {
  const morph = await import('ts-morph');
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, noLib: true },
  });
  const name = /\.[cm]?[jt]sx?$/.exec(fileName)?.[0] ?? '.ts';
  const file = project.createSourceFile(`/file${name}`, body);
  const [broken] = project.getProgram().getSyntacticDiagnostics(file);
  if (broken !== undefined) {
    const message = broken.getMessageText();
    const problem = typeof message === 'string' ? message : message.getMessageText();
    return { ok: false, problem, line: broken.getLineNumber() };
  }
  const tree: Tree = { morph, file };
  const objects = findHandlers(tree, request);
  const [handlers, second] = objects;
  if (handlers === undefined) return { ok: false, problem: notFound(request), line: undefined };
  if (second !== undefined) {
    const problem = `two objects hold handlers of ${request.community}, the other is in line ${handlers.getStartLineNumber()}`;
    return { ok: false, problem, line: second.getStartLineNumber() };
  }
  return update(mark, { tree, handlers, request, body });
}

type Found = {
  readonly tree: Tree;
  readonly handlers: Morph.ObjectLiteralExpression;
  readonly request: StubRequest;
  readonly body: string;
};

function update(mark: string, found: Found): StubUpdate {
  const { body, handlers, request, tree } = found;
  const present = new Map<string, number>();
  for (const property of handlers.getProperties()) {
    if (tree.morph.Node.isSpreadAssignment(property)) {
      const problem = 'handlers are spread into the object: what is missing cannot be told';
      return { ok: false, problem, line: property.getStartLineNumber() };
    }
    const name = nameOf(tree, property);
    if (name !== undefined) present.set(name, property.getStartLineNumber());
  }
  const wanted = new Set(request.messages.map((message) => handlerName(message.name)));
  const missing = request.messages.filter((message) => !present.has(handlerName(message.name)));
  const gone = [...present].filter(([name]) => !wanted.has(name));
  const site = {
    handlers: objectList(tree, handlers),
    errorImport: findErrorImport(tree, request),
    style: { file: styleOf(tree), hasTrailingCommas: hasTrailingCommas(tree) },
  };
  return {
    ok: true,
    text: mark + spliceHandlers(body, site, missing),
    added: missing.map((message) => handlerName(message.name)),
    gone: gone.map(([name, line]) => ({ name, line })),
  };
}

function notFound({ community, handlersType, protocol }: StubRequest): string {
  return (
    `no handlers of ${community} found: looked for an object with \`protocol: ${protocol.name}\` and, inside it, ` +
    `\`handlers: { … }\`; and for an object of type ${handlersType} or Handlers<typeof ${protocol.name}>`
  );
}

function findHandlers(tree: Tree, request: StubRequest): readonly Morph.ObjectLiteralExpression[] {
  const { Node, SyntaxKind } = tree.morph;
  const objects = tree.file.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression);
  const names = localNames(tree, request.protocol.name);
  const mentions = (text: string): boolean => names.some((name) => hasWord(text, name));
  const inValues = objects
    .filter((object) => {
      const property = object.getProperty('protocol');
      if (Node.isShorthandPropertyAssignment(property)) return names.includes('protocol');
      if (!Node.isPropertyAssignment(property)) return false;
      return mentions(property.getInitializerOrThrow().getText());
    })
    .flatMap((object) => handlersInside(tree, object));
  if (inValues.length > 0) return [...new Set(inValues)];
  const types = localNames(tree, request.handlersType);
  const isOurs = (type: string): boolean =>
    types.some((name) => hasWord(type, name)) || (/\bHandlers\s*</.test(type) && mentions(type));
  const typed = objects.filter((object) => {
    const type = typeAround(tree, object);
    return type !== undefined && isOurs(type);
  });
  if (typed.length > 0) return typed;
  const behaviours = tree.file
    .getDescendants()
    .filter(
      (node) => Node.isReturnTyped(node) && mentions(node.getReturnTypeNode()?.getText() ?? ''),
    );
  return [...new Set(behaviours.flatMap((node) => handlersInside(tree, node)))];
}

/**
 * The objects of `handlers:` properties inside a node, also where a constant of the file holds the
 * object.
 */
function handlersInside(tree: Tree, node: Morph.Node): readonly Morph.ObjectLiteralExpression[] {
  const { Node, SyntaxKind } = tree.morph;
  const found: Morph.ObjectLiteralExpression[] = [];
  for (const property of node.getDescendantsOfKind(SyntaxKind.PropertyAssignment)) {
    if (nameOf(tree, property) !== 'handlers') continue;
    const object = objectOf(tree, property.getInitializer());
    if (object !== undefined) found.push(object);
  }
  for (const property of node.getDescendantsOfKind(SyntaxKind.ShorthandPropertyAssignment)) {
    if (property.getName() !== 'handlers') continue;
    const object = objectOf(tree, property.getNameNode());
    if (object !== undefined) found.push(object);
  }
  // Handlers can have handlers of their own kind inside; the outer object is meant.
  return found.filter(
    (one) => !found.some((other) => other !== one && Node.isNode(other) && contains(other, one)),
  );
}

function contains(outer: Morph.Node, inner: Morph.Node): boolean {
  return outer.getPos() <= inner.getPos() && inner.getEnd() <= outer.getEnd();
}

function objectOf(
  tree: Tree,
  expression: Morph.Node | undefined,
): Morph.ObjectLiteralExpression | undefined {
  const { Node, SyntaxKind } = tree.morph;
  if (expression === undefined || Node.isObjectLiteralExpression(expression)) return expression;
  if (
    Node.isParenthesizedExpression(expression) ||
    Node.isAsExpression(expression) ||
    Node.isSatisfiesExpression(expression)
  ) {
    return objectOf(tree, expression.getExpression());
  }
  if (!Node.isIdentifier(expression)) return undefined;
  const name = expression.getText();
  const variables = tree.file.getDescendantsOfKind(SyntaxKind.VariableDeclaration);
  const variable = variables.find((one) => one.getName() === name);
  const initializer = variable?.getInitializer();
  return Node.isIdentifier(initializer) ? undefined : objectOf(tree, initializer);
}

/** The type that is written around an object: of its variable, or behind `satisfies` or `as`. */
function typeAround(tree: Tree, object: Morph.ObjectLiteralExpression): string | undefined {
  const { Node } = tree.morph;
  const parent = object.getParent();
  if (Node.isVariableDeclaration(parent) || Node.isSatisfiesExpression(parent)) {
    return parent.getTypeNode()?.getText();
  }
  return Node.isAsExpression(parent) ? parent.getTypeNode()?.getText() : undefined;
}

/** The names by which the file knows something that is imported. */
function localNames(tree: Tree, name: string): readonly string[] {
  const aliases = tree.file.getImportDeclarations().flatMap((declaration) =>
    declaration
      .getNamedImports()
      .filter((specifier) => specifier.getName() === name)
      .map((specifier) => specifier.getAliasNode()?.getText() ?? name),
  );
  return aliases.length > 0 ? aliases : [name];
}

function hasWord(text: string, word: string): boolean {
  return text.split(/[^\w$]+/).includes(word);
}

function nameOf(tree: Tree, property: Morph.Node): string | undefined {
  const { Node } = tree.morph;
  if (!Node.hasName(property) && !Node.isPropertyNamed(property)) return undefined;
  const node = property.getNameNode();
  if (Node.isStringLiteral(node)) return node.getLiteralText();
  if (!Node.isComputedPropertyName(node)) return node.getText();
  const inner = node.getExpression();
  return Node.isStringLiteral(inner) ? inner.getLiteralText() : undefined;
}

function objectList(tree: Tree, object: Morph.ObjectLiteralExpression): BracedList {
  return bracedList(tree, object, object.getProperties());
}

function bracedList(tree: Tree, node: Morph.Node, entries: readonly Morph.Node[]): BracedList {
  const last = entries.at(-1);
  const next = last?.getNextSiblingIfKind(tree.morph.SyntaxKind.CommaToken);
  return {
    range: { start: node.getStart(), end: node.getEnd() },
    entries: entries.map((entry) => ({ start: entry.getStart(), end: entry.getEnd() })),
    trailingCommaEnd: next?.getEnd(),
  };
}

function findErrorImport(tree: Tree, request: StubRequest): ErrorImport {
  const { Node, SyntaxKind } = tree.morph;
  const imports = tree.file.getImportDeclarations();
  for (const declaration of imports) {
    const specifier = declaration.getNamedImports().find((one) => one.getName() === ERROR_NAME);
    const isType = specifier?.isTypeOnly() === true || declaration.isTypeOnly();
    if (specifier !== undefined && !isType) {
      return { kind: 'known', name: specifier.getAliasNode()?.getText() ?? ERROR_NAME };
    }
  }
  const isTaken = tree.file
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .some((node) => node.getText() === ERROR_NAME);
  const alias = isTaken ? `Ipv8${ERROR_NAME}` : undefined;
  const values = imports.filter((one) => !one.isTypeOnly());
  for (const declaration of values) {
    if (declaration.getModuleSpecifierValue() !== request.runtime) continue;
    const space = declaration.getNamespaceImport()?.getText();
    if (space !== undefined) return { kind: 'known', name: `${space}.${ERROR_NAME}` };
    const names = declaration.getImportClause()?.getNamedBindings();
    if (Node.isNamedImports(names)) {
      return { kind: 'join', list: bracedList(tree, names, names.getElements()), alias };
    }
  }
  const specifier = request.runtime;
  const last = imports.at(-1);
  if (last !== undefined) {
    return { kind: 'line', at: last.getEnd(), isBehind: true, specifier, alias };
  }
  const first = tree.file.getStatements().at(0);
  return { kind: 'line', at: first?.getStart(true) ?? 0, isBehind: false, specifier, alias };
}

function hasTrailingCommas(tree: Tree): boolean {
  const { SyntaxKind } = tree.morph;
  let balance = 0;
  for (const object of tree.file.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)) {
    const list = objectList(tree, object);
    if (list.entries.length === 0 || !object.getText().includes('\n')) continue;
    balance += list.trailingCommaEnd === undefined ? -1 : 1;
  }
  return balance >= 0;
}

function styleOf(tree: Tree): FileStyle {
  const { Node, SyntaxKind } = tree.morph;
  const text = tree.file.getFullText();
  const windows = text.split('\r\n').length - 1;
  const lines = text.split('\n').length - 1;
  let singles = 0;
  for (const literal of tree.file.getDescendantsOfKind(SyntaxKind.StringLiteral)) {
    singles += literal.getText().startsWith("'") ? 1 : -1;
  }
  let semicolons = 0;
  for (const statement of tree.file.getDescendantStatements()) {
    const isEnded =
      Node.isExpressionStatement(statement) ||
      Node.isImportDeclaration(statement) ||
      Node.isVariableStatement(statement) ||
      Node.isReturnStatement(statement);
    if (isEnded) semicolons += statement.getText().endsWith(';') ? 1 : -1;
  }
  return {
    endOfLine: windows * 2 > lines ? '\r\n' : '\n',
    unit: indentUnit(text),
    quote: singles >= 0 ? "'" : '"',
    semicolon: semicolons >= 0 ? ';' : '',
  };
}

/**
 * A tab where lines begin with tabs, otherwise the smallest indentation there is, otherwise two
 * spaces.
 */
function indentUnit(text: string): string {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)(?![ *])/gm)].map((match) => match[1]?.length ?? 0);
  const real = widths.filter((width) => width > 1);
  return real.length === 0 ? '  ' : ' '.repeat(Math.min(...real));
}
