import { realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { formatSource, type Formatted } from '../../format/format.ts';
import { unifiedDiff } from '../../format/unified-diff.ts';
import { createSource } from '../../source/source.ts';
import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { findSchemas, readBytes, writeAtomically } from '../node-host.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { decodeUtf8, readInput } from '../utf8.ts';

export type FormatOptions = { readonly check?: boolean; readonly diff?: boolean };

/** Standard input and output instead of files. */
const STANDARD = '-';

/** One schema: as it was, and as it should be. */
type Result = Formatted & {
  readonly file: string;
  readonly shown: string;
  readonly before: string;
};

/** `ipv8c format`: brings schemas into their canonical form, or says which are not in it. */
export async function format(
  paths: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const results = paths.includes(STANDARD)
    ? [await formatInput(paths, terminal)]
    : await formatFiles(paths, terminal);
  const changed = results.filter(({ text, before }) => text !== before);
  if (options.diff === true) {
    for (const { shown, before, text } of changed) terminal.out(unifiedDiff(shown, before, text));
  } else if (options.check === true) {
    for (const { shown } of changed) terminal.out(`not formatted: ${shown}\n`);
  } else if (paths.includes(STANDARD)) {
    for (const { text } of results) terminal.out(text);
  } else {
    for (const { file, text } of changed) await replace(file, text);
    terminal.out(`formatted ${changed.length}, unchanged ${results.length - changed.length}\n`);
  }
  for (const one of results) if (one.faults > 0) warn(one, terminal);
  if (options.check !== true) return EXIT_CODE.fine;
  if (changed.length > 0) {
    terminal.err('some schemas are not formatted: run ipv8c format\n');
    return EXIT_CODE.drift;
  }
  if (options.diff !== true) terminal.out(`unchanged ${results.length}\n`);
  return EXIT_CODE.fine;
}

async function formatInput(paths: readonly string[], terminal: Terminal): Promise<Result> {
  if (paths.length > 1) throw new UsageError('`-` stands alone: it reads standard input');
  const before = await readInput(terminal.input);
  const formatted = formatText('<stdin>', before);
  return { ...formatted, file: STANDARD, shown: '<stdin>', before };
}

async function formatFiles(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly Result[]> {
  const config = await loadConfig(terminal.cwd);
  const wanted =
    paths.length === 0
      ? config.schemas.map((path) => resolve(config.directory, path))
      : paths.map((path) => resolve(terminal.cwd, path));
  const results: Result[] = [];
  for (const { file } of await findSchemas(wanted)) {
    const shown = relative(terminal.cwd, file);
    const before = decodeUtf8(shown, await readBytes(file));
    results.push({ ...formatText(shown, before), file, shown, before });
  }
  return results;
}

function formatText(shown: string, text: string): Formatted {
  return formatSource(createSource(shown, text));
}

/** Writes through links and keeps the file's mode. */
async function replace(file: string, text: string): Promise<void> {
  const target = await realpath(file);
  await writeAtomically(target, text, { mode: (await stat(target)).mode });
}

function warn({ shown, faults }: Result, terminal: Terminal): void {
  terminal.err(
    `warning: ${shown}: ${counted(faults, 'fault')}; what could not be read is left as it was\n`,
  );
}
