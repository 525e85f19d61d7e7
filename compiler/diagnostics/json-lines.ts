import type { Span } from '../source/span.ts';
import type { Diagnostic, Suggestion } from './diagnostic.ts';
import { type PathNaming, type Region, regionOf } from './region.ts';

/** A place with its file. */
type JsonPlace = { readonly file: string } & Region;

/** One line of `--format json`. Members may be added; those here stay. */
export type JsonDiagnostic = {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly title: string;
  /** What stands at the underlined place; empty when the title says it all. */
  readonly label: string;
  /** Other places that have to do with it. */
  readonly labels: readonly (JsonPlace & { readonly text: string })[];
  readonly notes: readonly string[];
  readonly help: readonly string[];
  readonly suggestions: readonly {
    readonly text: string;
    readonly applicability: Suggestion['applicability'];
    readonly edits: readonly (JsonPlace & { readonly replacement: string })[];
  }[];
} & JsonPlace;

/** Every diagnostic as one JSON object on a line of its own; empty for none. */
export function renderJsonLines(diagnostics: readonly Diagnostic[], pathOf: PathNaming): string {
  return diagnostics.map((one) => `${oneLine(toJson(one, pathOf))}\n`).join('');
}

function toJson(diagnostic: Diagnostic, pathOf: PathNaming): JsonDiagnostic {
  const { code, severity, title, primary, others, notes, help, suggestions } = diagnostic;
  const place = (span: Span): JsonPlace => ({
    file: pathOf(span.source.path),
    ...regionOf(span),
  });
  return {
    code,
    severity,
    title,
    ...place(primary.span),
    label: primary.text,
    labels: others.map(({ span, text }) => ({ ...place(span), text })),
    notes,
    help,
    suggestions: suggestions.map(({ text, applicability, edits }) => ({
      text,
      applicability,
      edits: edits.map(({ span, replacement }) => ({ ...place(span), replacement })),
    })),
  };
}

/** JSON without the line ends that JSON lets stand but readers of lines may not. */
function oneLine(value: JsonDiagnostic): string {
  return JSON.stringify(value).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
