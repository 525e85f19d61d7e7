/** Diagnostics onto the terminal, for people or for other programs. */
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderGithubAnnotations } from '../diagnostics/github-annotations.ts';
import { renderJsonLines } from '../diagnostics/json-lines.ts';
import { renderDiagnostics } from '../diagnostics/render.ts';
import { renderSarif } from '../diagnostics/sarif.ts';
import type { ReportFormat } from './command.ts';
import type { Config } from './config.ts';
import { counted } from './counted.ts';
import { schemaPath } from './node-host.ts';
import { hasColor, type Terminal, widthOf } from './terminal.ts';
import { packageVersion } from './version.ts';

/**
 * Shows diagnostics: for people on standard error, for programs on standard output, which then
 * holds nothing else.
 */
export async function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  { config, format }: { readonly config: Config; readonly format: ReportFormat },
  terminal: Terminal,
): Promise<void> {
  const pathOf = (path: string): string =>
    schemaPath(baseOf(format, terminal), resolve(config.directory, path));
  switch (format) {
    case 'human':
      return reportToPeople(diagnostics, terminal);
    case 'json':
      return terminal.out(renderJsonLines(diagnostics, pathOf));
    case 'github':
      return terminal.out(renderGithubAnnotations(diagnostics, pathOf));
    case 'sarif':
      return terminal.out(renderSarif(diagnostics, { version: await packageVersion(), pathOf }));
  }
}

/** Where a command says how it went: beside the report, when programs read standard output. */
export function summaryOut(format: ReportFormat, terminal: Terminal): Terminal {
  return format === 'human' ? terminal : { ...terminal, out: (text) => terminal.err(text) };
}

function reportToPeople(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  if (diagnostics.length === 0) return;
  const text = renderDiagnostics(diagnostics, {
    color: hasColor(terminal),
    width: widthOf(terminal),
  });
  terminal.err(text.endsWith('\n') ? text : `${text}\n`);
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  terminal.err(`${counted(errors, 'error')}, ${counted(diagnostics.length - errors, 'warning')}\n`);
}

/** What paths are relative to: GitHub knows files from the repository's root. */
function baseOf(format: ReportFormat, terminal: Terminal): string {
  const repository = terminal.env['GITHUB_WORKSPACE'] ?? '';
  const isForGithub = format === 'github' || format === 'sarif';
  return isForGithub && repository !== '' ? repository : terminal.cwd;
}
