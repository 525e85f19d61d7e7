/** From schemas on disk to the modules that should be there; what `compile` and its watch share. */
import { extname, resolve } from 'node:path';
import { createEmit, type Emit } from '../emit/emitter.ts';
import { printVectorTests } from '../emit/vector-tests.ts';
import { createProgramCache } from '../program/program.ts';
import { TYPESCRIPT } from '../targets/index.ts';
import { type Config, loadConfig } from './config.ts';
import { baseModel } from './decode/base-model.ts';
import { type Drift, findDrift } from './drift.ts';
import { createFileCache } from './file-cache.ts';
import { type Loaded, loadQuietly, type LoadMemory } from './load.ts';
import { readText, writeAtomically } from './node-host.ts';
import { generate, type Output } from './outputs.ts';
import { loadTarget, targetOutputs } from './targets.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What a compilation found. */
export type Compilation = {
  readonly config: Config;
  readonly loaded: Loaded;
  /** Empty when there are errors. */
  readonly outputs: readonly Output[];
  /** How the outputs differ from what lies on disk. */
  readonly drift: readonly Drift[];
};

/** What to compile, where to, and what is known from the last time. */
export type CompilationRequest = {
  readonly paths: readonly string[];
  /** From the current directory. */
  readonly out?: string;
  /** A target's name or module; TypeScript where it is not said. */
  readonly target?: string;
  readonly memory?: CompilationMemory;
  /** True: what would be a warning is an error. */
  readonly strict?: boolean;
};

export type CompilationMemory = LoadMemory & { readonly emit: Emit; readonly emitTests: Emit };

/** Nothing is known. */
export function createCompilationMemory(): CompilationMemory {
  return {
    programs: createProgramCache(),
    files: createFileCache(),
    emit: createEmit(),
    emitTests: createEmit(printVectorTests),
  };
}

/** Reads and compares; writes nothing. */
export async function runCompilation(
  { memory, out: wanted, paths, strict, target: name = TYPESCRIPT }: CompilationRequest,
  terminal: Terminal,
): Promise<Compilation> {
  if (wanted === '') throw new UsageError('--out takes a directory, not an empty text');
  const target = name === TYPESCRIPT ? undefined : await loadTarget(name, terminal.cwd);
  if (target !== undefined && wanted === undefined) {
    throw new UsageError(
      `--target ${name} also needs --out: the configuration's is for TypeScript`,
    );
  }
  const config = await loadConfig(terminal.cwd);
  const out =
    wanted === undefined ? resolve(config.directory, config.out) : resolve(terminal.cwd, wanted);
  const from = {
    ...terminal,
    strict: strict === true,
    ...(memory === undefined ? {} : { memory }),
  };
  const loaded = await loadQuietly(paths, config, from);
  if (loaded.hasErrors) return { config, loaded, outputs: [], drift: [] };
  const read = memory?.files.read ?? readText;
  const isSource = async (path: string): Promise<boolean> =>
    !loaded.files.has(path) && (await readText(resolve(config.directory, path))) !== undefined;
  if (target !== undefined) {
    const base = await baseModel();
    const outputs = targetOutputs({ name, run: target, base }, loaded, out);
    const endings = new Set(outputs.map(({ file }) => extname(file)));
    const drift = await findDrift(outputs, [out], { endings, isSource, read });
    return { config, loaded, outputs, drift };
  }
  const emit = memory?.emit ?? createEmit();
  const modules = generate(loaded, { config, out, emit });
  const tests = config.tests === undefined ? undefined : resolve(config.directory, config.tests);
  const emitTests = memory?.emitTests ?? createEmit(printVectorTests);
  const outputs =
    tests === undefined
      ? modules
      : [...modules, ...generate(loaded, { config, out, emit: emitTests, tests })];
  const drift = await findDrift(outputs, tests === undefined ? [out] : [out, tests], {
    endings: new Set(['.ts']),
    isSource,
    read,
  });
  return { config, loaded, outputs, drift };
}

/** Files that are written at a time: more wait for each other. */
const WRITERS = 8;

/** Writes what is missing or different, and says how many were. */
export async function writeOutputs(
  { drift, outputs }: Compilation,
  memory?: CompilationMemory,
): Promise<number> {
  const changed = new Set(drift.filter(({ kind }) => kind !== 'extra').map(({ file }) => file));
  const waiting = outputs.filter(({ file }) => changed.has(file));
  const write = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await writeAtomically(next.file, next.text);
      memory?.files.written(next.file, next.text);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  return changed.size;
}
