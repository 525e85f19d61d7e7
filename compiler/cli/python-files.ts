/** Files of Python on disk, as `ipv8c import` is given them. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PythonFile } from '../import/import-python.ts';
import { createSource } from '../source/source.ts';
import type { Config } from './config.ts';
import { filesBelow, readBytes, schemaPath } from './node-host.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { readInput } from './utf8.ts';

export type PythonFiles = {
  readonly files: readonly PythonFile[];
  /** Files that could not be read as text. */
  readonly faults: readonly Diagnostic[];
};

/** The path that stands for standard input. */
const STANDARD_INPUT = '-';

/**
 * Each file once, in the order in which it is named or lies in a directory.
 * @throws UsageError for a path that is not there.
 */
export async function findPythonFiles(
  paths: readonly string[],
  config: Config,
  terminal: Terminal,
): Promise<PythonFiles> {
  const files = new Map<string, PythonFile>();
  const faults: Diagnostic[] = [];
  for (const path of paths) {
    if (path === STANDARD_INPUT) {
      files.set(path, { path: '<stdin>', text: await readInput(terminal.input), module: 'stdin' });
      continue;
    }
    const named = resolve(terminal.cwd, path);
    const found = await filesAt(named, path);
    for (const file of found) {
      if (files.has(file)) continue;
      const shown = schemaPath(config.directory, file);
      const text = decode(await readBytes(file));
      if (text === undefined) faults.push(notText(shown));
      else {
        const module = await moduleName(file);
        files.set(file, { path: shown, text, module, isNamed: file === named });
      }
    }
  }
  return { files: [...files.values()], faults };
}

async function filesAt(file: string, shown: string): Promise<readonly string[]> {
  const entry = await stat(file).catch(() => undefined);
  if (entry === undefined) throw new UsageError(`${shown}: no such file or directory`);
  if (entry.isFile()) return [file];
  if (!entry.isDirectory()) throw new UsageError(`${shown}: neither a file nor a directory`);
  const found = await filesBelow(file, '.py');
  if (found.length === 0) throw new UsageError(`${shown}: no .py file below it`);
  return found.toSorted();
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(path: string): Diagnostic {
  const at = { source: createSource(path, ''), start: 0, end: 0 };
  const notes = ['it is not UTF-8'];
  return diagnose('python/unreadable-file', { path }, { at, notes });
}

/** As Python imports it: from the outermost directory that is a package. */
async function moduleName(file: string): Promise<string> {
  const name = basename(file).replace(/\.\w+$/, '');
  const parts = name === '__init__' ? [] : [name];
  for (
    let directory = dirname(file);
    directory !== dirname(directory) && (await isPackage(directory));
    directory = dirname(directory)
  ) {
    parts.unshift(basename(directory));
  }
  return parts.join('.');
}

async function isPackage(directory: string): Promise<boolean> {
  const entry = await stat(join(directory, '__init__.py')).catch(() => undefined);
  return entry?.isFile() === true;
}
