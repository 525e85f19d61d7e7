import type { ReportFormat } from '../command.ts';
import { runCompilation, writeOutputs } from '../compilation.ts';
import { describeDrift, type Drift } from '../drift.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { inputPath, STANDARD_INPUT } from '../load.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { untrackedOutputs } from '../untracked.ts';
import { UsageError } from '../usage-error.ts';

export type CompileOptions = {
  readonly out?: string;
  readonly target?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly strict?: boolean;
  readonly format: ReportFormat;
};

/** `ipv8c compile`: writes one module per schema, or with `check` says which are not up to date. */
export async function compile(
  paths: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (paths.includes(STANDARD_INPUT)) return compileInput(paths, options, terminal);
  const compilation = await runCompilation({ paths, ...options }, terminal);
  const { config, drift, loaded, outputs } = compilation;
  const { format } = options;
  await reportDiagnostics(loaded.program.diagnostics, { config, format }, terminal);
  if (loaded.hasErrors) return EXIT_CODE.findings;
  const summary = summaryOut(format, terminal);
  if (options.check === true) {
    const all = [...drift, ...(await untrackedOutputs(outputs))];
    return reportDrift(all, outputs.length, summary);
  }
  const written = await writeOutputs(compilation);
  summary.out(`written ${written}, unchanged ${outputs.length - written}\n`);
  for (const one of drift) if (one.kind === 'extra') terminal.err(describeDrift(one, terminal));
  return EXIT_CODE.fine;
}

/** The module of the schema on standard input, as it would be written, to standard output. */
async function compileInput(
  paths: readonly string[],
  { check, format, out, strict, target }: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (paths.length > 1 || check === true || out !== undefined || format !== 'human') {
    throw new UsageError('`-` stands alone: its module goes to standard output');
  }
  if (target !== undefined) throw new UsageError('`-` gives TypeScript, and takes no --target');
  const { config, loaded, outputs } = await runCompilation(
    { paths, strict: strict === true },
    terminal,
  );
  await reportDiagnostics(loaded.program.diagnostics, { config, format }, terminal);
  if (loaded.hasErrors) return EXIT_CODE.findings;
  const path = inputPath(config, terminal.cwd);
  for (const { isTest, schema, text } of outputs) {
    if (schema === path && !isTest) terminal.out(text);
  }
  return EXIT_CODE.fine;
}

function reportDrift(drift: readonly Drift[], count: number, terminal: Terminal): ExitCode {
  if (drift.length === 0) {
    terminal.out(`unchanged ${count}\n`);
    return EXIT_CODE.fine;
  }
  for (const one of drift) terminal.out(describeDrift(one, terminal));
  if (drift.some(({ kind }) => kind !== 'untracked')) {
    terminal.err('generated files are not up to date: run ipv8c compile\n');
  }
  if (drift.some(({ kind }) => kind === 'untracked')) {
    terminal.err('generated files are not under version control: run git add\n');
  }
  return EXIT_CODE.drift;
}
