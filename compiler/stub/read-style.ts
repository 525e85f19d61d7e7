/** How a file is written, read off its syntax tree. */
import type * as Morph from 'ts-morph';
import { DEFAULT_STYLE, type FileStyle } from './file-style.ts';
import { nodesOf, type Tree } from './tree.ts';

/** The file's own style; `preferred` says what the file gives no example of. */
export function readStyle(tree: Tree, preferred: Partial<FileStyle> = {}): FileStyle {
  const style = { ...DEFAULT_STYLE, ...preferred };
  const { text } = tree;
  return {
    ...style,
    endOfLine: endOfLine(text) ?? style.endOfLine,
    unit: indentUnit(text) ?? style.unit,
    quote: pick(quoteBalance(tree), "'", '"') ?? style.quote,
    semicolon: pick(semicolonBalance(tree), ';', '') ?? style.semicolon,
    trailingCommas: trailingCommas(tree) ?? style.trailingCommas,
    braceSpace: pick(braceBalance(tree), ' ', '') ?? style.braceSpace,
    width: preferred.width ?? widthOf(text),
  };
}

/** The more frequent of two; undefined when there is no example. */
function pick<One, Other>(
  balance: { readonly one: number; readonly other: number },
  one: One,
  other: Other,
): One | Other | undefined {
  if (balance.one === balance.other) return undefined;
  return balance.one > balance.other ? one : other;
}

function count(values: readonly boolean[]): { readonly one: number; readonly other: number } {
  const one = values.filter((value) => value).length;
  return { one, other: values.length - one };
}

function endOfLine(text: string): FileStyle['endOfLine'] | undefined {
  const windows = text.split('\r\n').length - 1;
  const lines = text.split('\n').length - 1;
  if (lines === 0) return undefined;
  return windows * 2 > lines ? '\r\n' : '\n';
}

/** A tab where lines begin with tabs, otherwise the smallest indentation there is. */
function indentUnit(text: string): string | undefined {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)(?![ *])/gm)].map((match) => match[1]?.length ?? 0);
  const real = widths.filter((width) => width > 1);
  return real.length === 0 ? undefined : ' '.repeat(Math.min(...real));
}

/** Literals that hold a quote say nothing: they are quoted so that nothing needs an escape. */
function quoteBalance(tree: Tree): { readonly one: number; readonly other: number } {
  const literals = tree.file.getDescendantsOfKind(tree.morph.SyntaxKind.StringLiteral);
  const texts = literals.map((literal) => literal.getText());
  const plain = texts.filter((text) => !/["']/.test(text.slice(1, -1)));
  return count(plain.map((text) => text.startsWith("'")));
}

function semicolonBalance(tree: Tree): { readonly one: number; readonly other: number } {
  const { Node } = tree.morph;
  const ended = tree.file
    .getDescendantStatements()
    .filter(
      (statement) =>
        Node.isExpressionStatement(statement) ||
        Node.isImportDeclaration(statement) ||
        Node.isTypeAliasDeclaration(statement) ||
        Node.isVariableStatement(statement) ||
        Node.isReturnStatement(statement),
    );
  return count(ended.map((statement) => statement.getText().endsWith(';')));
}

function braceBalance(tree: Tree): { readonly one: number; readonly other: number } {
  const { Node } = tree.morph;
  const lists = nodesOf(tree.file)
    .filter((node) => Node.isObjectLiteralExpression(node) || Node.isNamedImports(node))
    .map((node) => node.getText())
    .filter((text) => /^\{.+\}$/.test(text));
  return count(lists.map((text) => text.startsWith('{ ')));
}

function trailingCommas(tree: Tree): FileStyle['trailingCommas'] | undefined {
  const { Node } = tree.morph;
  const data: boolean[] = [];
  const calls: boolean[] = [];
  tree.file.forEachDescendant((node) => {
    if (
      Node.isObjectLiteralExpression(node) ||
      Node.isArrayLiteralExpression(node) ||
      Node.isNamedImports(node)
    ) {
      data.push(...commaBehind(tree, node));
    } else if (Node.isCallExpression(node) || Node.isNewExpression(node)) {
      calls.push(...commaOfArguments(tree, node));
    }
  });
  const inData = pick(count(data), true, false);
  const inCalls = pick(count(calls), true, false);
  if (inCalls === true) return 'all';
  if (inData === false) return 'none';
  return inCalls === false && inData === true ? 'es5' : undefined;
}

/** Whether a comma stands in front of a closing bracket that begins a line. */
function commaBehind(tree: Tree, node: Morph.Node): readonly boolean[] {
  const list = node.getChildSyntaxList();
  const text = tree.text.slice(node.getStart(), node.getEnd());
  if (list === undefined || list.getChildCount() === 0) return [];
  if (!/\n[ \t]*[}\])]$/.test(text)) return [];
  return [list.getLastChild()?.getKind() === tree.morph.SyntaxKind.CommaToken];
}

function commaOfArguments(
  tree: Tree,
  node: Morph.CallExpression | Morph.NewExpression,
): readonly boolean[] {
  const last = node.getArguments().at(-1);
  if (last === undefined || !/\n[ \t]*\)$/.test(node.getText())) return [];
  return [last.getNextSiblingIfKind(tree.morph.SyntaxKind.CommaToken) !== undefined];
}

/** Widths that projects choose; a file of short lines is taken for one of the first. */
const WIDTHS = [80, 100, 120, 140, 160];

function widthOf(text: string): number {
  const code = text.split(/\r?\n/).filter((line) => !/^\s*(\/\/|\*|\/\*|import\b|})/.test(line));
  const longest = Math.max(0, ...code.map((line) => line.length));
  return WIDTHS.find((width) => width >= longest) ?? longest;
}
