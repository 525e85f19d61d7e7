/** The compiler's door to the file system, and what writes its results. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { SourceHost } from '../source/host.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads schemas by paths relative to `base`, so that what is generated does not depend on where a
 * command is run.
 */
export function createNodeHost(base: string): SourceHost {
  return {
    read: (path) => readText(resolve(base, path)),
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
  };
}

/** The text of a file; undefined when there is none. */
export async function readText(file: string): Promise<string | undefined> {
  try {
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
 * All `*.ipv8` files at or below the paths, sorted, each once. Hidden directories and
 * `node_modules` are left out.
 * @throws UsageError for a path that does not exist or holds no schema.
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
  const isDirectory = await stat(path).then(
    (entry) => entry.isDirectory(),
    (error: unknown) => {
      if (isMissing(error)) throw new UsageError(`${path}: no such file or directory`);
      throw error;
    },
  );
  if (!isDirectory) return [{ file: path, root: dirname(path) }];
  return (await filesBelow(path, '.ipv8')).map((file) => ({ file, root: path }));
}

/** Files below a directory whose names end so; none when there is no such directory. */
export async function filesBelow(directory: string, ending: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      const isSkipped = entry.name.startsWith('.') || entry.name === 'node_modules';
      if (!isSkipped) files.push(...(await filesBelow(path, ending)));
    } else if (entry.name.endsWith(ending)) {
      files.push(path);
    }
  }
  return files;
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
  return error.code === 'ENOENT' || error.code === 'ENOTDIR';
}
