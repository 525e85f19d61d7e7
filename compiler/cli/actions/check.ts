import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { fixSchemas } from '../fix.ts';
import { type Loaded, loadQuietly, STANDARD_INPUT } from '../load.ts';
import { schemaPath } from '../node-host.ts';
import type { ReportFormat } from '../command.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { readInput } from '../utf8.ts';

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
  const isFromInput = paths.includes(STANDARD_INPUT);
  if (isFromInput && fix === true) {
    throw new UsageError('--fix writes files, and standard input is none');
  }
  const config = await loadConfig(terminal.cwd);
  const summary = summaryOut(format, terminal);
  const loaded = isFromInput
    ? await loadFromInput(paths, config, terminal)
    : await (fix === true ? fixSchemas : loadQuietly)(paths, config, summary);
  const { files, hasErrors, program } = loaded;
  await reportDiagnostics(program.diagnostics, { config, format }, terminal);
  if (hasErrors) return EXIT_CODE.findings;
  summary.out(`${counted(files.size, 'schema')} checked\n`);
  return EXIT_CODE.fine;
}

/** Standard input is a schema in the current directory: its imports are found from there. */
async function loadFromInput(
  paths: readonly string[],
  config: Config,
  terminal: Terminal,
): Promise<Loaded> {
  const text = await readInput(terminal);
  const path = schemaPath(config.directory, resolve(terminal.cwd, '<stdin>'));
  return loadQuietly(paths, config, { cwd: terminal.cwd, texts: new Map([[path, text]]) });
}
