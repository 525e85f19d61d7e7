/** How a file comes to know the error that stubs throw. */
import type * as Morph from 'ts-morph';
import { type BracedList, insertEntries } from './braced-list.ts';
import type { FileStyle } from './file-style.ts';
import { ERROR_NAME, inQuotes } from './handler-text.ts';
import type { StubRequest } from './request.ts';
import { hasEmptyLine, type Insertion } from './text.ts';
import { rangeOf, type Tree } from './tree.ts';

/** The error's name in the file, and what to insert so that it has it. */
export type ErrorImport = { readonly name: string; readonly insertions: readonly Insertion[] };

/** Finds the import of the error, or where one goes: into a list of names, or a line of its own. */
export function importError(tree: Tree, request: StubRequest, style: FileStyle): ErrorImport {
  const { SyntaxKind } = tree.morph;
  const imports = tree.file.getImportDeclarations().filter((one) => !one.isTypeOnly());
  for (const declaration of imports) {
    const specifier = declaration.getNamedImports().find((one) => one.getName() === ERROR_NAME);
    if (specifier === undefined || specifier.isTypeOnly()) continue;
    return { name: specifier.getAliasNode()?.getText() ?? ERROR_NAME, insertions: [] };
  }
  const isTaken = tree.file
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .some((node) => node.getText() === ERROR_NAME);
  const name = isTaken ? `Ipv8${ERROR_NAME}` : ERROR_NAME;
  const specifier = isTaken ? `${ERROR_NAME} as ${name}` : name;
  return (
    joined(tree, { imports, request, style, name, specifier }) ?? {
      name,
      insertions: [ownLine(tree, { request, style, specifier })],
    }
  );
}

/** The name in an import that the file has of the runtime. */
function joined(
  tree: Tree,
  wanted: {
    readonly imports: readonly Morph.ImportDeclaration[];
    readonly request: StubRequest;
    readonly style: FileStyle;
    readonly name: string;
    readonly specifier: string;
  },
): ErrorImport | undefined {
  const { Node } = tree.morph;
  const { imports, name, request, specifier, style } = wanted;
  for (const declaration of imports) {
    if (declaration.getModuleSpecifierValue() !== request.runtime) continue;
    const space = declaration.getNamespaceImport()?.getText();
    if (space !== undefined) return { name: `${space}.${ERROR_NAME}`, insertions: [] };
    const names = declaration.getImportClause()?.getNamedBindings();
    if (!Node.isNamedImports(names)) continue;
    const length = declaration.getEnd() - declaration.getStart() + specifier.length + 2;
    const entries = {
      onLines: (indent: string) => [indent + specifier],
      inline: [specifier],
      unfolds: length > style.width,
    };
    const list = bracedList(tree, names, names.getElements());
    return { name, insertions: insertEntries(tree.text, list, { entries, style }) };
  }
  return undefined;
}

/** A list of the tree as offsets. */
export function bracedList(
  tree: Tree,
  node: Morph.Node,
  entries: readonly Morph.Node[],
): BracedList {
  const next = entries.at(-1)?.getNextSiblingIfKind(tree.morph.SyntaxKind.CommaToken);
  return {
    range: rangeOf(node),
    entries: entries.map(rangeOf),
    trailingCommaEnd: next?.getEnd(),
  };
}

function ownLine(
  tree: Tree,
  wanted: {
    readonly request: StubRequest;
    readonly style: FileStyle;
    readonly specifier: string;
  },
): Insertion {
  const { request, specifier, style } = wanted;
  const { braceSpace, endOfLine, semicolon } = style;
  const { text } = tree;
  const names = `{${braceSpace}${specifier}${braceSpace}}`;
  const line = `import ${names} from ${inQuotes(request.runtime, style)}${semicolon}`;
  const last = lastHead(tree);
  if (last !== undefined) {
    // Comments behind an import are about that import.
    const at = last.getTrailingCommentRanges().at(-1)?.getEnd() ?? last.getEnd();
    const isAlone = /^[ \t]*(\r?\n|$)/.test(text.slice(at));
    return { at, text: `${endOfLine}${line}${isAlone ? '' : endOfLine}` };
  }
  return { at: textStart(tree), text: `${line}${endOfLine}${endOfLine}` };
}

/** The last import, or the last of directives such as 'use strict' at the top. */
function lastHead(tree: Tree): Morph.Node | undefined {
  const { Node } = tree.morph;
  const imports = tree.file.getImportDeclarations();
  if (imports.length > 0) return imports.at(-1);
  const statements = tree.file.getStatements();
  const end = statements.findIndex(
    (one) => !Node.isExpressionStatement(one) || !Node.isStringLiteral(one.getExpression()),
  );
  return statements[(end < 0 ? statements.length : end) - 1];
}

/** The first statement with the comments that belong to it, behind a head of the file. */
function textStart(tree: Tree): number {
  const first = tree.file.getStatements().at(0);
  if (first === undefined) return tree.text.length;
  let start = first.getStart();
  for (const comment of first.getLeadingCommentRanges().toReversed()) {
    if (hasEmptyLine(tree.text.slice(comment.getEnd(), start))) break;
    if (comment.getPos() === 0 && /^(#!|\/\/ @ts-|\/\*\s*eslint)/.test(tree.text)) break;
    start = comment.getPos();
  }
  return start;
}
