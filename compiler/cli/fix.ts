/** Repairs schemas on disk by what their diagnostics suggest. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { applyFixes } from '../diagnostics/apply-fixes.ts';
import type { Config } from './config.ts';
import { type Loaded, type LoadFrom, loadQuietly } from './load.ts';
import { writeAtomically } from './node-host.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** A repair may uncover another fault, but not without end. */
const ROUNDS_MAX = 20;

/** What was read, and what it is to become. */
type Repair = { readonly before: string; readonly codes: string[]; after: string };

/**
 * Applies machine-applicable suggestions to the named schemas, not to those they import, until
 * nothing more applies; then writes each changed file as a whole. Returns what is left.
 */
export async function fixSchemas(
  paths: readonly string[],
  config: Config,
  terminal: Terminal & Pick<LoadFrom, 'strict'>,
): Promise<Loaded> {
  const repairs = new Map<string, Repair>();
  let loaded = await loadQuietly(paths, config, terminal);
  for (let round = 0; round < ROUNDS_MAX && repair(loaded, repairs); round++) {
    const texts = new Map([...repairs].map(([path, { after }]) => [path, after]));
    loaded = await loadQuietly(paths, config, { ...terminal, texts });
  }
  for (const [path, done] of repairs) {
    const file = resolve(config.directory, path);
    const shown = relative(terminal.cwd, file);
    await writeRepaired(file, { shown, ...done });
    terminal.out(`fixed ${shown}: ${done.codes.join(', ')}\n`);
  }
  return loaded;
}

/** One round over all named schemas; false when nothing applied. */
function repair({ files, program }: Loaded, repairs: Map<string, Repair>): boolean {
  let isChanged = false;
  for (const source of program.sources.filter(({ path }) => files.has(path))) {
    const { fixed, text } = applyFixes(source, program.diagnostics);
    if (fixed.length === 0) continue;
    const known = repairs.get(source.path) ?? { before: source.text, codes: [], after: text };
    known.after = text;
    known.codes.push(...fixed.map(({ code }) => code));
    repairs.set(source.path, known);
    isChanged = true;
  }
  return isChanged;
}

async function writeRepaired(
  file: string,
  { after, before, shown }: Repair & { readonly shown: string },
): Promise<void> {
  const target = await realpath(file);
  // Bytes that are no UTF-8 have been read as something else, which must not be written back.
  if (!(await readFile(target)).equals(Buffer.from(before, 'utf8'))) {
    throw new UsageError(`${shown} is not UTF-8, or changed meanwhile: not fixed`);
  }
  await writeAtomically(target, after, { mode: (await stat(target)).mode });
}
