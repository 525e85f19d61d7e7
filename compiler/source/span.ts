import type { Source } from './source.ts';

/** A half-open range of one source, in UTF-16 code units. */
export type Span = { readonly source: Source; readonly start: number; readonly end: number };

/** The smallest range that holds both; they belong to one source. */
export function mergeSpans(first: Span, second: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, second.start),
    end: Math.max(first.end, second.end),
  };
}

/** The text that the range covers. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** The empty range behind another one: where something is missing. */
export function endOf(span: Span): Span {
  return { source: span.source, start: span.end, end: span.end };
}

/** The empty range in front of another one. */
export function startOf(span: Span): Span {
  return { source: span.source, start: span.start, end: span.start };
}

/**
 * The range with what would be left of its lines when it is removed: their white space and line
 * end, and one of two empty lines that would meet. The range with the spaces behind it where
 * something else stands on its lines.
 */
export function removable({ source, start, end }: Span): Span {
  const { text } = source;
  const spaces = /[ \t]*/y;
  const lineEnd = /[ \t]*(?:\r\n|\n|\r|$)/y;
  const before = /[ \t]*$/.exec(text.slice(Math.max(0, start - MARGIN), start))?.[0].length ?? 0;
  const first = start - before;
  const isFirst = first === 0 || /[\r\n]/.test(text[first - 1] ?? '');
  const last = matchEnd(lineEnd, text, end);
  if (!isFirst || last === undefined) {
    return { source, start, end: matchEnd(spaces, text, end) ?? end };
  }
  const isAfterEmpty =
    first === 0 ||
    /(?:\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, first - MARGIN), first));
  const next = isAfterEmpty ? matchEnd(lineEnd, text, last) : undefined;
  return { source, start: first, end: next ?? last };
}

/** Longer white space is nobody's. */
const MARGIN = 200;

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
