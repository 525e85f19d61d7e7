import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from '../../ir/model.ts';
import { createLedger, type LedgerEntry, LedgerError, parseLedger } from '../../prove/ledger.ts';
import { planPython, type PythonPlan } from '../../prove/plan.ts';
import { prove as proveOne, type Proving } from '../../prove/prove.ts';
import { findingText, proofLine } from '../../prove/report.ts';
import { OtherSideError } from '../../prove/side.ts';
import { python } from '../../targets/python/python.ts';
import type { TargetInput } from '../../targets/target.ts';
import { createValueGenerator } from '../../values/generate.ts';
import { createDeclarations } from '../../wire/declarations.ts';
import { type Config, loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { type Loaded, loadQuietly } from '../load.ts';
import { readText, writeAtomically } from '../node-host.ts';
import { outputPlaces } from '../outputs.ts';
import { nearName } from '../near-name.ts';
import { packageRoot } from '../package-root.ts';
import { startPython, type PythonSide } from '../prove/python-side.ts';
import { reportDiagnostics } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export type ProveOptions = {
  readonly against: string;
  readonly values: string;
  readonly seed?: string;
  readonly message?: string;
  readonly python?: string;
  readonly ledger?: string;
};

/** Beside the configuration. */
const LEDGER_FILE = 'prove-ledger.json';

/** `ipv8c prove`: our bytes and values against those of code that is generated for py-ipv8. */
export async function prove(
  paths: readonly string[],
  options: ProveOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const count = wholeNumber('--values', options.values, 1, 1e9);
  const seed =
    options.seed === undefined
      ? Math.floor(Math.random() * 2 ** 31)
      : wholeNumber('--seed', options.seed, 0, 2 ** 31 - 1);
  const config = await loadConfig(terminal.cwd);
  const ledger = createLedger(await readLedger(options.ledger, config, terminal));
  const loaded = await loadQuietly(paths, config, { cwd: terminal.cwd });
  if (loaded.hasErrors) {
    await reportDiagnostics(loaded.program.diagnostics, { config, format: 'human' }, terminal);
    return EXIT_CODE.findings;
  }
  const { model } = loaded.program;
  const input = inputOf(loaded);
  const whole = planPython(input, new Set(loaded.files.keys()));
  const plan = options.message === undefined ? whole : onlyNamed(whole, options.message);
  const found = await withPython({ plan, input, options, terminal }, (other) => {
    terminal.out(`against ${other.version}, seed ${seed}\n`);
    return proveAll({ plan, model, other, ledger, seed, count }, terminal);
  });
  if (found === undefined) return EXIT_CODE.failed;
  for (const { name, why } of plan.skipped) terminal.out(`skipped ${name}: ${why}\n`);
  for (const { field, message, what } of ledger.unused(plan.roots.map(({ name }) => name))) {
    terminal.err(`the ledger's entry ${message} ${field} ${what} was not needed\n`);
  }
  const words = counted(plan.roots.length, 'message or struct', 'messages and structs');
  terminal.out(
    found === 0
      ? `proved ${words}: both sides write and read the same\n`
      : `${counted(found, 'divergence')} in ${words}\n`,
  );
  return found === 0 ? EXIT_CODE.fine : EXIT_CODE.drift;
}

/** What the target `python` is given: imported schemas too, since Python imports what is made of them. */
function inputOf(loaded: Loaded): TargetInput {
  const { model } = loaded.program;
  const places = outputPlaces(model, loaded, '');
  return {
    model,
    schemas: new Set(model.modules.map(({ path }) => path)),
    placeOf: (path) => (places.get(path) ?? path).replace(/\.ts$/, ''),
  };
}

type Start = {
  readonly plan: PythonPlan;
  readonly input: TargetInput;
  readonly options: ProveOptions;
  readonly terminal: Terminal;
};

/** Runs Python while it is used; undefined when it fails, which is told. */
async function withPython<T>(
  given: Start,
  use: (other: PythonSide) => Promise<T>,
): Promise<T | undefined> {
  let other: PythonSide | undefined;
  try {
    other = await startWith(given);
    return await use(other);
  } catch (error) {
    if (!(error instanceof OtherSideError)) throw error;
    given.terminal.err(`error: the Python side: ${error.message}\n`);
    return undefined;
  } finally {
    other?.close();
  }
}

/** Modules are needed until Python has greeted: by then it has imported them. */
async function startWith({ input, options, plan, terminal }: Start): Promise<PythonSide> {
  const directory = await mkdtemp(join(tmpdir(), 'ipv8c-prove-'));
  try {
    for (const { path, text } of python(input)) {
      await writeAtomically(join(directory, path), text);
    }
    return await startPython({
      program: programOf(options, terminal),
      script: await workerScript(),
      plan: { path: directory, roots: plan.roots.map(toldOf) },
      cwd: terminal.cwd,
      env: terminal.env,
      after: (ms, then) => {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Tells of each message, and how many divergences there were in all. */
async function proveAll(
  given: Pick<Proving, 'ledger' | 'seed' | 'count' | 'other'> & {
    readonly plan: PythonPlan;
    readonly model: Model;
  },
  terminal: Terminal,
): Promise<number> {
  const { model, plan, ...parts } = given;
  const declarations = createDeclarations(model);
  const generate = createValueGenerator(declarations);
  let found = 0;
  for (const [place, rooted] of plan.roots.entries()) {
    const reading = { rooted, declarations };
    const proof = await proveOne({ ...parts, ...reading, place, generate });
    if (proof === undefined) {
      terminal.out(`skipped ${rooted.name}: no value of it fits a datagram\n`);
      continue;
    }
    found += proof.findings.length;
    terminal.out(proofLine(rooted.name, proof));
    for (const one of proof.findings) terminal.out(`\n${findingText(one, reading, parts.seed)}`);
  }
  return found;
}

function toldOf({ name, toleratesTrailing, type }: PythonPlan['roots'][number]): object {
  return { name, toleratesTrailing, type };
}

/** The one that is asked for, by its name with its community's or without. */
function onlyNamed({ roots }: PythonPlan, name: string): PythonPlan {
  const found = roots.filter((one) => one.name === name || one.root.name === name);
  if (found.length > 0) return { roots: found, skipped: [] };
  const near = nearName(
    name,
    roots.flatMap((one) => [one.name, one.root.name]),
  );
  const hint = near === undefined ? '' : `; the nearest is ${near}`;
  throw new UsageError(`--message ${name}: nothing that can be compared is called so${hint}`);
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new UsageError(`${option} ${text}: give a whole number from ${min} to ${max}`);
}

async function readLedger(
  given: string | undefined,
  config: Config,
  { cwd }: Terminal,
): Promise<readonly LedgerEntry[]> {
  const file = given === undefined ? join(config.directory, LEDGER_FILE) : resolve(cwd, given);
  const text = await readText(file);
  if (text === undefined && given !== undefined) throw new UsageError(`${given}: no such file`);
  if (text === undefined) return [];
  try {
    return parseLedger(text);
  } catch (error) {
    if (error instanceof LedgerError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function programOf({ python: given }: ProveOptions, { cwd, env }: Terminal): string {
  // A name is looked for on the path; a path is one from here.
  if (given !== undefined) return given.includes('/') ? resolve(cwd, given) : given;
  const environment = env['VIRTUAL_ENV'];
  return environment === undefined || environment === ''
    ? 'python3'
    : join(environment, 'bin/python');
}

async function workerScript(): Promise<string> {
  const root = await packageRoot();
  if (root === undefined) throw new UsageError('worker.py lies in the package, which is not here');
  return fileURLToPath(new URL('compiler/prove/worker.py', root.directory));
}
