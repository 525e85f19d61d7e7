/** The compiler's door to the file system, and what writes its results. */
import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { SourceHost } from '../source/host.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads schemas by paths relative to `base`, so that what is generated does not depend on where a
 * command is run.
 */
export function createNodeHost(base: string, read: ReadText = readText): SourceHost {
  return {
    read: (path) => read(resolve(base, path)),
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
  };
}

/** Reads the text of a file; undefined when there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/**
 * From the disk. What is no regular file counts as missing: a pipe would be waited for, and a
 * device has no end.
 */
export async function readText(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The bytes of a file that exists. */
export function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file);
}

/** The path from `base`, with `/`. */
export function schemaPath(base: string, file: string): string {
  return relative(base, file).split(sep).join('/');
}

/** A schema file and the directory that its generated module's path mirrors. */
export type SchemaFile = { readonly file: string; readonly root: string };

/**
 * All `*.ipv8` files at or below the paths, sorted, each once. What is hidden and `node_modules` are
 * left out.
 * @throws UsageError for a path that does not exist, holds no schema, or is no file.
 */
export async function findSchemas(paths: readonly string[]): Promise<readonly SchemaFile[]> {
  const found = new Map<string, SchemaFile>();
  for (const path of paths) {
    const files = await schemasBelow(path);
    if (files.length === 0) throw new UsageError(`${path}: no .ipv8 file below it`);
    for (const one of files) if (!found.has(one.file)) found.set(one.file, one);
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function schemasBelow(path: string): Promise<readonly SchemaFile[]> {
  const entry = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new UsageError(`${path}: no such file or directory`);
    throw error;
  });
  if (entry.isFile()) return [{ file: path, root: dirname(path) }];
  if (!entry.isDirectory()) {
    throw new UsageError(`${path}: neither a file nor a directory; - reads standard input`);
  }
  const files = await filesBelow(path, '.ipv8');
  // A hidden one is an editor's own: the lock on a file, or half of it.
  const seen = files.filter((file) => !basename(file).startsWith('.'));
  return seen.map((file) => ({ file, root: path }));
}

/** A directory and all below it that are searched for schemas; none when there is no such one. */
export async function directoriesBelow(directory: string): Promise<readonly string[]> {
  const entries = await entriesOf(directory);
  if (entries === undefined) return [];
  const found = [directory];
  for (const entry of entries) {
    if (isSearched(entry)) found.push(...(await directoriesBelow(join(directory, entry.name))));
  }
  return found;
}

/** Files below a directory whose names end so; none when there is no such directory. */
export async function filesBelow(directory: string, ending: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of (await entriesOf(directory)) ?? []) {
    const path = join(directory, entry.name);
    if (isSearched(entry)) files.push(...(await filesBelow(path, ending)));
    else if (isFound(entry, ending)) files.push(path);
  }
  return files;
}

/** Undefined when there is no such directory. */
async function entriesOf(directory: string): Promise<readonly Dirent[] | undefined> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isFound(entry: Dirent, ending: string): boolean {
  return entry.name.endsWith(ending) && (entry.isFile() || entry.isSymbolicLink());
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
}

/** Writes a file as a whole or not at all; a reader never sees half of it. */
export async function writeAtomically(
  file: string,
  text: string,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx', ...options });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // A link to itself leads nowhere, as one to nothing does.
  return error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ELOOP';
}
