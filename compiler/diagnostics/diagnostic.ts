import type { Span } from '../source/span.ts';
import { catalog, type DiagnosticCode, type Parameters, type Severity } from './catalog.ts';

/** A place and what is to be said about it. */
export type Label = { readonly span: Span; readonly text: string };

/** One replacement of text; an empty range inserts. */
export type Edit = { readonly span: Span; readonly replacement: string };

/** A change that repairs the fault. */
export type Suggestion = {
  /** A statement or an instruction, never a question. */
  readonly text: string;
  readonly edits: readonly Edit[];
  /** Only `machine-applicable` ones are applied without a person looking. */
  readonly applicability: 'machine-applicable' | 'maybe-incorrect';
};

/** One fault, as data: the command line, an editor and the tests show the same. */
export type Diagnostic = {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly title: string;
  readonly primary: Label;
  readonly others: readonly Label[];
  /** Facts. */
  readonly notes: readonly string[];
  /** What to change, in words. */
  readonly help: readonly string[];
  readonly suggestions: readonly Suggestion[];
};

/** Where a diagnostic points and what it adds to its title. */
export type Details = {
  readonly at: Span;
  /** Stands at the underlined place. */
  readonly label?: string;
  readonly others?: readonly Label[];
  readonly notes?: readonly string[];
  readonly help?: readonly string[];
  readonly suggestions?: readonly Suggestion[];
};

/**
 * A diagnostic with the catalog's words; the types check that no parameter is forgotten or
 * misspelt.
 */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  parameters: Parameters<Code>,
  details: Details,
): Diagnostic {
  const values: Readonly<Record<string, string>> = parameters;
  const entry = catalog[code];
  return {
    code,
    severity: entry.severity,
    title: entry.title.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    primary: { span: details.at, text: details.label ?? '' },
    others: details.others ?? [],
    notes: details.notes ?? [],
    help: details.help ?? [],
    suggestions: details.suggestions ?? [],
  };
}

/**
 * The suggestion to write `replacement` in place of what stands at `span`. Names and numbers are
 * guesses about what goes over the wire, so a person decides.
 */
export function replaceBy(span: Span, replacement: string, text: string): Suggestion {
  return { text, edits: [{ span, replacement }], applicability: 'maybe-incorrect' };
}

/**
 * By path, then by place, errors in front of warnings; of equal ones the first found stands first.
 */
export function orderDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => {
    const [one, other] = [a.primary.span, b.primary.span];
    if (one.source.path !== other.source.path) {
      return one.source.path < other.source.path ? -1 : 1;
    }
    if (one.start !== other.start) return one.start - other.start;
    return a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1;
  });
}
