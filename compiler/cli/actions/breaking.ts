import { compare } from '../../lock/compare.ts';
import { type Verdict, verdictsOf } from '../../lock/verdicts.ts';
import type { ReportFormat } from '../command.ts';
import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { loadQuietly } from '../load.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import { openSnapshot, snapshotOf, withoutOthers } from '../snapshot.ts';
import type { Terminal } from '../terminal.ts';

export type BreakingOptions = { readonly against: string; readonly format: ReportFormat };

/**
 * `ipv8c breaking`: what of the wire changed against a lock, other schemas or a commit, and which
 * side still reads the other.
 */
export async function breaking(
  paths: readonly string[],
  { against, format }: BreakingOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const { program, hasErrors } = await loadQuietly(paths, config, terminal);
  if (hasErrors) {
    await reportDiagnostics(program.diagnostics, { config, format }, terminal);
    return EXIT_CODE.findings;
  }
  const snapshot = await openSnapshot(against, config, terminal.cwd);
  const old = paths.length === 0 ? snapshot : withoutOthers(snapshot, program.model);
  const changes = compare(old, snapshotOf(program));
  await reportDiagnostics(changes, { config, format }, terminal);
  const summary = summaryOut(format, terminal);
  const verdicts = verdictsOf(old.model, program.model);
  summary.out(verdictTable(verdicts));
  const broken = verdicts.filter((one) => isBroken(one)).length;
  summary.out(
    `${counted(verdicts.length, 'message')} compared, ${broken} not read by both sides\n`,
  );
  return changes.length > 0 ? EXIT_CODE.findings : EXIT_CODE.fine;
}

function isBroken({ oldReadsNew, newReadsOld }: Verdict): boolean {
  return oldReadsNew !== undefined || newReadsOld !== undefined;
}

const HEADS = ['message', 'old peers read new bytes', 'new peers read old bytes'] as const;

/** A line for each message that one side does not read; empty when there is none. */
function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts
    .filter((one) => isBroken(one))
    .map(({ community, message, oldReadsNew, newReadsOld }) => [
      `${community}.${message}`,
      oldReadsNew === undefined ? 'yes' : 'no',
      newReadsOld === undefined ? 'yes' : 'no',
    ]);
  if (rows.length === 0) return '';
  const lines = [[...HEADS], ...rows];
  const widths = HEADS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
