import { compare } from '../../lock/compare.ts';
import { lockText } from '../../lock/lock-text.ts';
import type { ReportFormat } from '../command.ts';
import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { isSameText } from '../drift.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { loadQuietly } from '../load.ts';
import { readText, schemaPath, writeAtomically } from '../node-host.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import { lockFileOf, readLock, snapshotOf } from '../snapshot.ts';
import type { Terminal } from '../terminal.ts';

export type LockOptions = {
  readonly check?: boolean;
  readonly acceptBreaking?: boolean;
  readonly format: ReportFormat;
};

/** `ipv8c lock`: records what is agreed on the wire, or says whether that is what the schemas say. */
export async function lock(options: LockOptions, terminal: Terminal): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const { format } = options;
  const loaded = await loadQuietly([], config, terminal);
  const { program } = loaded;
  const report = { config, format };
  const summary = summaryOut(format, terminal);
  if (loaded.hasErrors) {
    await reportDiagnostics(program.diagnostics, report, terminal);
    return EXIT_CODE.findings;
  }
  const file = await lockFileOf(config);
  const shown = schemaPath(terminal.cwd, file);
  const before = await readText(file);
  const text = lockText(program.model);
  if (before !== undefined && isSameText(before, text)) {
    await reportDiagnostics([], report, terminal);
    summary.out(`${shown} is up to date\n`);
    return EXIT_CODE.fine;
  }
  const old = before === undefined ? undefined : await readLock(before, shown);
  const changes = old === undefined ? [] : compare(old, snapshotOf(program));
  await reportDiagnostics(changes, report, terminal);
  if (changes.length > 0 && options.acceptBreaking !== true) {
    const count = counted(changes.length, 'breaking change');
    terminal.err(`${count}; \`ipv8c lock --accept-breaking\` records what is meant to break\n`);
    return EXIT_CODE.findings;
  }
  if (options.check === true) {
    terminal.err(
      `${shown} is ${before === undefined ? 'missing' : 'out of date'}: run ipv8c lock\n`,
    );
    return EXIT_CODE.drift;
  }
  await writeAtomically(file, text);
  summary.out(`written ${shown}\n`);
  return EXIT_CODE.fine;
}
