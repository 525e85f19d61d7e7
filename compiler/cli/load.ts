/** Schemas on disk → a checked program; what every command about schemas starts with. */
import { dirname, relative, resolve } from 'node:path';
import { createProgramCache, type Program, type ProgramCache } from '../program/program.ts';
import type { SourceHost } from '../source/host.ts';
import type { Config } from './config.ts';
import type { FileCache } from './file-cache.ts';
import { createNodeHost, findSchemas, type SchemaFile, schemaPath } from './node-host.ts';
import type { Terminal } from './terminal.ts';
import { readInput } from './utf8.ts';

/** A program and where its schemas lie. */
export type Loaded = {
  readonly program: Program;
  /** The schemas that were named, by their paths in the model; imported ones are not among them. */
  readonly files: ReadonlyMap<string, SchemaFile>;
  readonly hasErrors: boolean;
};

/** The path that stands for standard input: a schema as if it lay in the current directory. */
export const STANDARD_INPUT = '-';

/** Where named schemas lie, and texts that stand in for what is on disk, by their model paths. */
export type LoadFrom = Pick<Terminal, 'cwd' | 'input'> & {
  readonly texts?: ReadonlyMap<string, string>;
  /** True: what would be a warning is an error. */
  readonly strict?: boolean;
  /** What whoever loads again knows from the last time. */
  readonly memory?: LoadMemory;
};

/** Trees of schemas, and texts of files by what the file system says of them. */
export type LoadMemory = { readonly programs: ProgramCache; readonly files: FileCache };

/**
 * Loads the schemas at `paths` (from `cwd`), or those of the configuration.
 * @throws UsageError for `-` without `input`.
 */
export async function loadQuietly(
  paths: readonly string[],
  config: Config,
  { cwd, input, memory, strict, texts: given }: LoadFrom,
): Promise<Loaded> {
  const texts = new Map(given);
  if (paths.includes(STANDARD_INPUT)) {
    texts.set(inputPath(config, cwd), await readInput(input));
  }
  const roots = config.schemas.map((path) => resolve(config.directory, path));
  const onDisk = paths.filter((path) => path !== STANDARD_INPUT);
  const wanted = paths.length === 0 ? roots : onDisk.map((path) => resolve(cwd, path));
  const files = new Map<string, SchemaFile>();
  for (const { file, root } of await findSchemas(wanted)) {
    // One schema gives the same output whether it is named alone or found in its directory.
    const outer = roots.find((one) => isInside(file, one));
    files.set(schemaPath(config.directory, file), { file, root: outer ?? root });
  }
  for (const path of texts.keys()) {
    const file = resolve(config.directory, path);
    if (!files.has(path)) files.set(path, { file, root: dirname(file) });
  }
  const disk = createNodeHost(config.directory, memory?.files.read);
  const host: SourceHost = {
    read: async (path) => texts.get(path) ?? (await disk.read(path)),
    resolve: (from, specifier) => disk.resolve(from, specifier),
  };
  const programs = memory?.programs ?? createProgramCache();
  const read = await programs.load(host, [...files.keys()]);
  const program = strict === true ? withoutWarnings(read) : read;
  const hasErrors = program.diagnostics.some((one) => one.severity === 'error');
  return { program, files, hasErrors };
}

function withoutWarnings(program: Program): Program {
  const diagnostics = program.diagnostics.map((one) => ({ ...one, severity: 'error' as const }));
  return { ...program, diagnostics };
}

/** The path in the model of what standard input holds. */
export function inputPath(config: Config, cwd: string): string {
  return schemaPath(config.directory, resolve(cwd, '<stdin>'));
}

/** True for a path at or below `directory`. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && !way.startsWith('..') && resolve(directory, way) === path;
}
