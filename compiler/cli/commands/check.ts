import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { loadQuietly } from '../load.ts';
import { type ReportFormat, reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';

export type CheckOptions = { readonly format: ReportFormat };

/** `ipv8c check`: shows what is wrong with the schemas and writes nothing. */
export async function check(
  paths: readonly string[],
  { format }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const { files, hasErrors, program } = await loadQuietly(paths, config, terminal);
  await reportDiagnostics(program.diagnostics, { config, format }, terminal);
  if (hasErrors) return EXIT_CODE.findings;
  summaryOut(format, terminal).out(`${counted(files.size, 'schema')} checked\n`);
  return EXIT_CODE.fine;
}
