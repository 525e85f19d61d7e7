/** Diagnostics as workflow commands, which GitHub shows beside the changed lines. */
import type { Diagnostic } from './diagnostic.ts';
import { printable } from './printable.ts';
import { type PathNaming, regionOf } from './region.ts';

/** Every diagnostic as one workflow command on a line of its own; empty for none. */
export function renderGithubAnnotations(
  diagnostics: readonly Diagnostic[],
  pathOf: PathNaming,
): string {
  return diagnostics.map((one) => `${annotation(one, pathOf)}\n`).join('');
}

function annotation(diagnostic: Diagnostic, pathOf: PathNaming): string {
  const { code, severity, title, primary } = diagnostic;
  const { line, column, endLine, endColumn } = regionOf(primary.span);
  const properties: readonly (readonly [string, string | number])[] = [
    ['file', pathOf(primary.span.source.path)],
    ['line', line],
    ['col', column],
    ['endLine', endLine],
    // GitHub takes an end column only when both ends are on one line.
    ...(line === endLine ? [['endColumn', endColumn] as const] : []),
    ['title', `${severity}[${code}]: ${printable(title)}`],
  ];
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${written.join(',')}::${escapeData(messageOf(diagnostic, pathOf))}`;
}

/** All that is said about the fault, one fact a line. */
function messageOf(diagnostic: Diagnostic, pathOf: PathNaming): string {
  const { title, primary, others, notes, help, suggestions } = diagnostic;
  const first = primary.text === '' ? title : `${title}: ${primary.text}`;
  return [
    printable(first),
    ...others.map(({ span, text }) => {
      const place = `${pathOf(span.source.path)}:${regionOf(span).line}`;
      return printable(`${place}: ${text}`);
    }),
    ...notes.map((text) => printable(`note: ${text}`)),
    ...help.map((text) => printable(`help: ${text}`)),
    ...suggestions.map(({ text }) => printable(`help: ${text}`)),
  ].join('\n');
}

/** The text behind `::`, as the runner's toolkit escapes it. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property, which may also hold neither `:` nor `,`. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
