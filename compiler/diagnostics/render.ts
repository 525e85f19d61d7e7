import { positionAt } from '../source/position.ts';
import type { Diagnostic, Suggestion } from './diagnostic.ts';
import { framesOf, renderFrame } from './code-frame.ts';
import { createPaint, type Paint } from './paint.ts';
import { printable } from './printable.ts';

/** More diagnostics than this are counted, not shown: nobody reads the hundred-and-first. */
export const SHOWN_MAX = 100;

/** How diagnostics are shown. */
export type RenderOptions = {
  readonly color: boolean;
  /** Columns of the terminal; longer source lines are cut around the fault. */
  readonly width: number;
};

/** Diagnostics as text for people, in rustc's form, at most `SHOWN_MAX` of them. Empty for none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  const paint = createPaint(options.color);
  const { shown, hidden } = chooseShown(diagnostics);
  const parts = shown.map((diagnostic) => renderDiagnostic(diagnostic, paint, options.width));
  if (hidden.length > 0) {
    const errors = hidden.filter(({ severity }) => severity === 'error').length;
    const text = `${hidden.length} more not shown, ${errors} of them errors`;
    parts.push(`${paint('strong', 'note')}: ${text}\n`);
  }
  return parts.join('\n');
}

/** Errors before warnings, so that no heap of warnings hides the error; each in its place. */
function chooseShown(diagnostics: readonly Diagnostic[]): {
  readonly shown: readonly Diagnostic[];
  readonly hidden: readonly Diagnostic[];
} {
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const warnings = diagnostics.filter((one) => !isError(one));
  const chosen = new Set([...diagnostics.filter(isError), ...warnings].slice(0, SHOWN_MAX));
  return {
    shown: diagnostics.filter((one) => chosen.has(one)),
    hidden: diagnostics.filter((one) => !chosen.has(one)),
  };
}

function renderDiagnostic(diagnostic: Diagnostic, paint: Paint, width: number): string {
  const { code, severity, title, primary } = diagnostic;
  const labels = [primary, ...diagnostic.others];
  const lines = labels.map(({ span }) => positionAt(span.source, span.start).line);
  const suggested = diagnostic.suggestions.flatMap(({ edits }) => edits.map(({ span }) => span));
  lines.push(...suggested.map((span) => positionAt(span.source, span.start).line));
  const gutter = ' '.repeat(String(Math.max(...lines)).length);
  const out = [
    `${paint(severity, `${severity}[${code}]`)}${paint('strong', `: ${printable(title)}`)}`,
  ];
  framesOf(diagnostic).forEach((frame, at) => {
    const { line, column } = positionAt(frame.source, frame.start);
    const arrow = paint('gutter', `${gutter}${at === 0 ? '-->' : ':::'}`);
    out.push(`${arrow} ${printable(frame.source.path)}:${line}:${column}`);
    if (frame.source.text !== '') out.push(...renderFrame(frame, { paint, width, gutter }));
  });
  const notes = [
    ...diagnostic.notes.map((text) => ['note', text] as const),
    ...diagnostic.help.map((text) => ['help', text] as const),
  ];
  for (const [kind, text] of notes) {
    out.push(`${gutter} ${paint('gutter', '=')} ${paint('strong', kind)}: ${printable(text)}`);
  }
  for (const suggestion of diagnostic.suggestions) {
    out.push(...renderSuggestion(suggestion, { paint, width, gutter }));
  }
  return `${out.join('\n')}\n`;
}

/** The line before and after the change; a change of several lines in words only. */
function renderSuggestion(
  suggestion: Suggestion,
  {
    paint,
    width,
    gutter,
  }: { readonly paint: Paint; readonly width: number; readonly gutter: string },
): readonly string[] {
  const title =
    `${gutter} ${paint('gutter', '=')} ${paint('strong', 'help')}: ` + printable(suggestion.text);
  const [edit, ...more] = suggestion.edits;
  if (edit === undefined || more.length > 0) return [title];
  const { source, start, end } = edit.span;
  const from = source.lineStarts[positionAt(source, start).line - 1] ?? 0;
  const rest = source.text.slice(end, end + width);
  const after = /^[^\r\n]*/.exec(rest)?.[0] ?? '';
  const before = source.text.slice(from, start);
  const old = source.text.slice(start, end);
  if (before.length + old.length + after.length > width || /[\r\n]/.test(old)) return [title];
  const number = String(positionAt(source, start).line).padStart(gutter.length);
  const bar = `${gutter} ${paint('gutter', '|')}`;
  const removed = printable(before + old + after);
  const added = `${before}${edit.replacement}${after}`.split(/\r?\n/);
  return [
    title,
    bar,
    `${paint('gutter', `${number} `)}${paint('removed', `- ${removed}`)}`,
    ...added.map((line, at) => {
      const place = String(positionAt(source, start).line + at).padStart(gutter.length);
      return `${paint('gutter', `${place} `)}${paint('added', `+ ${printable(line)}`.trimEnd())}`;
    }),
    bar,
  ];
}
