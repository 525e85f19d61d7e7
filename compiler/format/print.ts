/** Writes tokens and comments as the layout says. Only white space is chosen here. */
import type { IToken } from '../syntax/tree.ts';
import { endOf } from './concrete.ts';
import { INDENT, type Layout, type Place } from './layout.ts';
import { spaceBetween } from './spacing.ts';

/** What a text consists of. */
export type Lexemes = {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** `//` and `///`, in order. */
  readonly comments: readonly IToken[];
};

/** What stands between two tokens. Both are undefined in a text without tokens. */
type Gap = {
  readonly text: string;
  readonly before: IToken | undefined;
  readonly after: IToken | undefined;
  readonly comments: readonly IToken[];
  readonly place: Place;
};

const END: Place = { kind: 'line', indent: 0, blank: 'keep' };

/** The text of a layout. */
export function print({ text, tokens, comments }: Lexemes, layout: Layout): string {
  const parts: string[] = text.startsWith('\uFEFF') ? ['\uFEFF'] : [];
  let next = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const [before, after] = [tokens[at - 1], tokens[at]];
    const from = next;
    while ((comments[next]?.startOffset ?? Infinity) < (after?.startOffset ?? Infinity)) next++;
    const place = after === undefined ? END : (layout.places[at] ?? END);
    const gap = { text, before, after, place, comments: comments.slice(from, next) };
    parts.push(printGap(gap, layout, at), after?.image ?? '');
  }
  return parts.join('');
}

function printGap(gap: Gap, layout: Layout, at: number): string {
  const { before, after, comments, place } = gap;
  const raw = between(gap.text, before, after);
  if (place.kind === 'verbatim') return raw;
  const isBesideBroken =
    layout.afterBroken.has(at) || (place.kind === 'line' && place.isBroken === true);
  const isSameLine = before !== undefined && after !== undefined && linesIn(raw) === 0;
  if (isBesideBroken && isSameLine) return raw;
  const isFlat = place.kind === 'flat' && comments.length === 0 && !isBesideBroken;
  if (isFlat && before !== undefined && after !== undefined) {
    return spaceBetween(before, after, layout.spacing);
  }
  return printLines(gap, indentsOf(gap, raw));
}

/** How far comments and the token behind them are indented. */
type Indents = { readonly comments: string; readonly after: string };

function indentsOf({ after, place }: Gap, raw: string): Indents {
  if (place.kind === 'verbatim') return { comments: '', after: '' };
  if (place.kind === 'line' && place.isBroken === true) {
    const own = /[ \t]*$/.exec(raw)?.[0] ?? '';
    return { comments: own, after: own };
  }
  const isBrace = place.kind === 'flat' && after?.image === '{';
  const own = ' '.repeat(INDENT * (isBrace ? Math.max(0, place.indent - 2) : place.indent));
  const isClose = place.kind === 'line' && place.isClose === true;
  return { comments: isClose ? own + ' '.repeat(INDENT) : own, after: own };
}

function printLines(gap: Gap, indents: Indents): string {
  const { text, before, after, comments, place } = gap;
  const pieces = [...comments, ...(after === undefined ? [] : [after])];
  const blanks = pieces.map(
    (piece, at) => linesIn(between(text, pieces[at - 1] ?? before, piece)) > 1,
  );
  const isTrailing = (at: number): boolean =>
    at === 0 && before !== undefined && pieces[0] !== after && isBehind(text, before, pieces[0]);
  const firstLine = isTrailing(0) ? 1 : 0;
  const blank = place.kind === 'line' ? place.blank : 'never';
  if (blank === 'always' && !blanks.includes(true)) blanks[firstLine] = true;
  if (blank === 'keep' && before?.image === '{') blanks[firstLine] = false;
  if (place.kind === 'line' && place.isClose === true) blanks[pieces.length - 1] = false;
  const printed = pieces.map((piece, at) => {
    const image = piece === after ? '' : piece.image.replace(/[ \t]+$/, '');
    if (isTrailing(at)) return ` ${image}`;
    const isStart = at === 0 && before === undefined;
    const hasBlank = blank !== 'never' && blanks[at] === true;
    const lineEnd = isStart ? '' : hasBlank ? '\n\n' : '\n';
    return lineEnd + (piece === after ? indents.after : indents.comments) + image;
  });
  const isEmpty = before === undefined && pieces.length === 0;
  return printed.join('') + (after === undefined && !isEmpty ? '\n' : '');
}

function isBehind(text: string, before: IToken, piece: IToken | undefined): boolean {
  return piece !== undefined && linesIn(between(text, before, piece)) === 0;
}

function between(text: string, before: IToken | undefined, after: IToken | undefined): string {
  return text.slice(before === undefined ? 0 : endOf(before), after?.startOffset);
}

function linesIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
