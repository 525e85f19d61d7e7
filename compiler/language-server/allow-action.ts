import type { Diagnostic, Edit } from '../diagnostics/diagnostic.ts';
import { positionAt } from '../source/position.ts';
import type { Span } from '../source/span.ts';
import { allowableCodes } from './codes.ts';
import { occurrencesOf } from './occurrences.ts';
import type { View } from './view.ts';

/** `#allow(…)` in front of what a warning is about; undefined where nothing can be allowed. */
export function allowEdit(view: View, { code, primary }: Diagnostic): Edit | undefined {
  if (!allowableCodes().includes(code)) return undefined;
  const target = occurrencesOf(view, view.schema)
    .filter(({ kind }) => kind === 'definition')
    .flatMap(({ entities }) => entities.map(({ node }) => node.span))
    .filter(({ end, start }) => start <= primary.span.start && primary.span.end <= end)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (target === undefined) return undefined;
  const allow = `#allow(${code}, "say why")`;
  return {
    span: { ...target, end: target.start },
    replacement: `${allow}${gapBefore(target)}`,
  };
}

/** A line of its own, as what it stands in front of has one. */
function gapBefore({ source, start }: Span): string {
  const line = source.lineStarts[positionAt(source, start).line - 1] ?? 0;
  const indent = source.text.slice(line, start);
  return indent.trim() === '' ? `\n${indent}` : ' ';
}
