import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type Compilation,
  type CompilationMemory,
  createCompilationMemory,
  runCompilation,
  writeOutputs,
} from '../compilation.ts';
import { counted } from '../counted.ts';
import { describeDrift } from '../drift.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { STANDARD_INPUT } from '../load.ts';
import { directoriesBelow } from '../node-host.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { CompileOptions } from './compile.ts';

/** What is watched, and what was last said of it. */
type Watch = {
  readonly paths: readonly string[];
  readonly options: CompileOptions;
  readonly memory: CompilationMemory;
  readonly terminal: Terminal;
  last: Compilation | undefined;
  complaint: string | undefined;
};

/**
 * `ipv8c compile --watch`: compiles, then again after every change until it is interrupted. Ends at
 * once when the first compilation cannot even begin; what goes wrong later may be mended.
 */
export async function watch(
  paths: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (paths.includes(STANDARD_INPUT)) throw new UsageError('standard input cannot be watched');
  if (options.format !== 'human' && options.format !== 'json') {
    throw new UsageError(`--watch reports again and again, and ${options.format} is one report`);
  }
  if (terminal.createWatcher === undefined) throw new UsageError('files cannot be watched here');
  const memory = createCompilationMemory();
  const state: Watch = { paths, options, memory, terminal, last: undefined, complaint: undefined };
  const watcher = terminal.createWatcher();
  try {
    const first = await compileOnce(state);
    const count = counted(first.loaded.program.sources.length, 'schema');
    terminal.err(`watching ${count}; Ctrl+C ends it\n`);
    while (await watcher.changed(await watchedDirectories(state))) await compileAgain(state);
  } finally {
    watcher.close();
  }
  return EXIT_CODE.fine;
}

async function compileAgain(state: Watch): Promise<void> {
  try {
    await compileOnce(state);
    state.complaint = undefined;
  } catch (error) {
    // A path that is gone, a file that cannot be read: neither is the end of it.
    const isSystem = error instanceof Error && 'syscall' in error;
    if (!(error instanceof UsageError) && !isSystem) throw error;
    if (error.message !== state.complaint) state.terminal.err(`error: ${error.message}\n`);
    state.complaint = error.message;
  }
}

async function compileOnce(state: Watch): Promise<Compilation> {
  const { memory, options, paths, terminal } = state;
  const now = await runCompilation({ paths, memory, ...options }, terminal);
  const before = state.last;
  state.last = now;
  const isNews = before === undefined || state.complaint !== undefined || !isSame(before, now);
  const { config, drift, loaded, outputs } = now;
  const { format } = options;
  if (isNews) await reportDiagnostics(loaded.program.diagnostics, { config, format }, terminal);
  const written = await writeOutputs(now, memory);
  if ((isNews && !loaded.hasErrors) || written > 0) {
    const text = `written ${written}, unchanged ${outputs.length - written}\n`;
    summaryOut(format, terminal).out(text);
  }
  const told = new Set(extras(before));
  for (const one of drift) {
    if (one.kind === 'extra' && !told.has(one.file)) terminal.err(describeDrift(one, terminal));
  }
  return now;
}

function extras(compilation: Compilation | undefined): readonly string[] {
  const drift = compilation?.drift ?? [];
  return drift.filter(({ kind }) => kind === 'extra').map(({ file }) => file);
}

/** True when no schema has come, gone or changed: the cache keeps what it has read. */
function isSame(before: Compilation, now: Compilation): boolean {
  const known = before.loaded.program.sources;
  const { sources } = now.loaded.program;
  return known.length === sources.length && sources.every((one, at) => one === known[at]);
}

/** Every directory in which a change can matter. */
async function watchedDirectories({ last, paths, terminal }: Watch): Promise<ReadonlySet<string>> {
  const directories = new Set<string>();
  if (last === undefined) return directories;
  const { config, loaded } = last;
  directories.add(config.directory);
  for (const { path } of loaded.program.sources) {
    directories.add(nearestExisting(dirname(resolve(config.directory, path))));
  }
  const roots =
    paths.length === 0
      ? config.schemas.map((path) => resolve(config.directory, path))
      : paths.map((path) => resolve(terminal.cwd, path));
  for (const root of roots) {
    directories.add(nearestExisting(dirname(root)));
    for (const one of await directoriesBelow(root)) directories.add(one);
  }
  return directories;
}

/** The directory, or the first one above it that is there: where it would come back. */
function nearestExisting(directory: string): string {
  let found = directory;
  while (!existsSync(found)) found = dirname(found);
  return found;
}
