import { type Diagnostic, orderDiagnostics } from '../../diagnostics/diagnostic.ts';
import { compare } from '../../lock/compare.ts';
import { type Config, loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { fixSchemas } from '../fix.ts';
import { type Loaded, loadQuietly, STANDARD_INPUT } from '../load.ts';
import { readText, schemaPath } from '../node-host.ts';
import type { ReportFormat } from '../command.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import { lockFileOf, readLock, snapshotOf, withoutOthers } from '../snapshot.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export type CheckOptions = {
  readonly format: ReportFormat;
  readonly fix?: boolean;
  readonly strict?: boolean;
};

/**
 * `ipv8c check`: shows what is wrong with the schemas, and writes nothing unless asked to fix
 * them.
 */
export async function check(
  paths: readonly string[],
  { fix, format, strict }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (fix === true && paths.includes(STANDARD_INPUT)) {
    throw new UsageError('--fix writes files, and standard input is none');
  }
  const config = await loadConfig(terminal.cwd);
  const summary = summaryOut(format, terminal);
  const from = { ...summary, strict: strict === true };
  const loaded = await (fix === true ? fixSchemas : loadQuietly)(paths, config, from);
  const { files, hasErrors, program } = loaded;
  const changes =
    hasErrors || paths.includes(STANDARD_INPUT)
      ? []
      : await changesSinceLock(paths, config, loaded);
  const found = orderDiagnostics([...program.diagnostics, ...changes]);
  await reportDiagnostics(found, { config, format }, terminal);
  if (hasErrors || changes.length > 0) return EXIT_CODE.findings;
  summary.out(`${counted(files.size, 'schema')} checked\n`);
  return EXIT_CODE.fine;
}

/** What peers that have the locked schemas would not understand; nothing where there is no lock. */
async function changesSinceLock(
  paths: readonly string[],
  config: Config,
  { program }: Loaded,
): Promise<readonly Diagnostic[]> {
  const file = await lockFileOf(config);
  const text = await readText(file);
  if (text === undefined) return [];
  const lock = await readLock(text, schemaPath(config.directory, file));
  const old = paths.length === 0 ? lock : withoutOthers(lock, program.model);
  return compare(old, snapshotOf(program));
}
