import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { fixSchemas } from '../fix.ts';
import { loadQuietly, STANDARD_INPUT } from '../load.ts';
import type { ReportFormat } from '../command.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export type CheckOptions = { readonly format: ReportFormat; readonly fix?: boolean };

/**
 * `ipv8c check`: shows what is wrong with the schemas, and writes nothing unless asked to fix
 * them.
 */
export async function check(
  paths: readonly string[],
  { fix, format }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (fix === true && paths.includes(STANDARD_INPUT)) {
    throw new UsageError('--fix writes files, and standard input is none');
  }
  const config = await loadConfig(terminal.cwd);
  const summary = summaryOut(format, terminal);
  const loaded = await (fix === true ? fixSchemas : loadQuietly)(paths, config, summary);
  const { files, hasErrors, program } = loaded;
  await reportDiagnostics(program.diagnostics, { config, format }, terminal);
  if (hasErrors) return EXIT_CODE.findings;
  summary.out(`${counted(files.size, 'schema')} checked\n`);
  return EXIT_CODE.fine;
}
