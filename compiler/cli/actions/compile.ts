import { relative, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { UsageError } from '../usage-error.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { type Loaded, loadQuietly } from '../load.ts';
import { readText, writeAtomically } from '../node-host.ts';
import { type Drift, findDrift, generate, type Output } from '../outputs.ts';
import type { ReportFormat } from '../command.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';

export type CompileOptions = {
  readonly out?: string;
  readonly check?: boolean;
  readonly format: ReportFormat;
};

/** `ipv8c compile`: writes one module per schema, or with `check` says which are not up to date. */
export async function compile(
  paths: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.out === '') throw new UsageError('--out takes a directory, not an empty text');
  const config = await loadConfig(terminal.cwd);
  const out =
    options.out === undefined
      ? resolve(config.directory, config.out)
      : resolve(terminal.cwd, options.out);
  const loaded = await loadQuietly(paths, config, terminal);
  const { format } = options;
  await reportDiagnostics(loaded.program.diagnostics, { config, format }, terminal);
  const summary = summaryOut(format, terminal);
  if (loaded.hasErrors) return EXIT_CODE.findings;
  const outputs = generate(loaded, config, out);
  const drift = await findDrift(outputs, out, (path) => isOther(path, loaded, config.directory));
  if (options.check === true) return reportDrift(drift, outputs.length, summary);
  await write(outputs, drift);
  const changed = drift.filter((one) => one.kind !== 'extra').length;
  summary.out(`written ${changed}, unchanged ${outputs.length - changed}\n`);
  for (const one of drift) if (one.kind === 'extra') terminal.err(`${describe(one, terminal)}\n`);
  return EXIT_CODE.fine;
}

/** True for a schema that exists and was not compiled now: its module is not ours to judge. */
async function isOther(path: string, loaded: Loaded, directory: string): Promise<boolean> {
  if (loaded.files.has(path)) return false;
  return (await readText(resolve(directory, path))) !== undefined;
}

async function write(outputs: readonly Output[], drift: readonly Drift[]): Promise<void> {
  const changed = new Set(drift.map((one) => one.file));
  for (const { file, text } of outputs) if (changed.has(file)) await writeAtomically(file, text);
}

function reportDrift(drift: readonly Drift[], count: number, terminal: Terminal): ExitCode {
  if (drift.length === 0) {
    terminal.out(`unchanged ${count}\n`);
    return EXIT_CODE.fine;
  }
  for (const one of drift) terminal.out(`${describe(one, terminal)}\n`);
  terminal.err('generated modules are not up to date: run ipv8c compile\n');
  return EXIT_CODE.drift;
}

const WORDS = {
  missing: 'missing: ',
  different: 'different: ',
  extra: 'extra, no schema here gives it: ',
} as const;

function describe({ file, kind }: Drift, terminal: Terminal): string {
  return `${WORDS[kind]}${relative(terminal.cwd, file)}`;
}
