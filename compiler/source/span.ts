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
