import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { positionAt } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { lex } from '../syntax/lexer.ts';
import type { IToken } from '../syntax/tree.ts';

const CLOSING: Readonly<Record<string, string>> = { '}': '{', '>': '<', ']': '[', ')': '(' };

/** More of them than this are not folded; no schema that a person reads has as many. */
const RANGES_MAX = 10_000;

/** Bodies, runs of comments and the imports: what a person folds away. Broken texts fold too. */
export function folding(source: Source): readonly FoldingRange[] {
  const { comments, docs, tokens } = lex(source.text);
  const notes = [...comments, ...docs].sort((a, b) => a.startOffset - b.startOffset);
  return [...bodies(tokens), ...commentRuns(source, notes), ...importRun(tokens)].slice(
    0,
    RANGES_MAX,
  );
}

/** From the line of an opening bracket to the one above its closing bracket. */
function bodies(tokens: readonly IToken[]): readonly FoldingRange[] {
  const open: IToken[] = [];
  const ranges: FoldingRange[] = [];
  for (const token of tokens) {
    if (Object.values(CLOSING).includes(token.image)) open.push(token);
    const opening = CLOSING[token.image];
    if (opening === undefined || open.at(-1)?.image !== opening) continue;
    const startLine = lineOf(open.pop());
    const endLine = lineOf(token) - 1;
    if (endLine > startLine) ranges.push({ startLine, endLine });
  }
  return ranges;
}

function commentRuns(source: Source, notes: readonly IToken[]): readonly FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let run: { startLine: number; endLine: number } | undefined;
  const end = (): void => {
    if (run !== undefined && run.endLine > run.startLine) {
      ranges.push({ ...run, kind: FoldingRangeKind.Comment });
    }
    run = undefined;
  };
  for (const note of notes) {
    const line = positionAt(source, note.startOffset).line;
    const before = source.text.slice(source.lineStarts[line - 1], note.startOffset);
    // Behind something on its line it belongs to that.
    if (before.trim() !== '') continue;
    if (run?.endLine === line - 2) run.endLine = line - 1;
    else {
      end();
      run = { startLine: line - 1, endLine: line - 1 };
    }
  }
  end();
  return ranges;
}

function importRun(tokens: readonly IToken[]): readonly FoldingRange[] {
  const imports = tokens.filter(
    (token, at) => token.image === 'import' && tokens[at + 1]?.tokenType.name === 'Text',
  );
  const [first, last] = [imports[0], imports.at(-1)];
  if (first === undefined || lineOf(first) === lineOf(last)) return [];
  return [{ startLine: lineOf(first), endLine: lineOf(last), kind: FoldingRangeKind.Imports }];
}

/** From 0. */
function lineOf(token: IToken | undefined): number {
  return (token?.startLine ?? 1) - 1;
}
