import type { Source } from '../source/source.ts';
import type { Diagnostic, Edit } from './diagnostic.ts';

/** A text with repairs in it, and the diagnostics that asked for them. */
export type Fixed = { readonly text: string; readonly fixed: readonly Diagnostic[] };

/**
 * Applies to one source every machine-applicable suggestion that does not touch an earlier one.
 * Those left out, and those that only show behind a repair, take another round: check the text that
 * comes back. A suggestion is applied as a whole or not at all.
 */
export function applyFixes(source: Source, diagnostics: readonly Diagnostic[]): Fixed {
  const accepted: Edit[] = [];
  const fixed: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const edits = fixOf(diagnostic);
    const isHere = edits.length > 0 && edits.every(({ span }) => span.source === source);
    if (!isHere || edits.some((edit) => accepted.some((other) => touch(edit, other)))) continue;
    accepted.push(...edits);
    fixed.push(diagnostic);
  }
  let { text } = source;
  for (const { span, replacement } of accepted.toSorted((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + replacement + text.slice(span.end);
  }
  return { text, fixed };
}

function fixOf({ suggestions }: Diagnostic): readonly Edit[] {
  const applicable = suggestions.find((one) => one.applicability === 'machine-applicable');
  return applicable?.edits ?? [];
}

/** Also true for neighbours: of two insertions at one place nobody knows the order. */
function touch({ span: one }: Edit, { span: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}
