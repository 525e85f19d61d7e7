/** Schemas on disk → a checked program; what every command about schemas starts with. */
import { relative, resolve } from 'node:path';
import { renderDiagnostics } from '../diagnostics/render.ts';
import { loadProgram, type Program } from '../program/program.ts';
import type { Config } from './config.ts';
import { createNodeHost, findSchemas, type SchemaFile, schemaPath } from './node-host.ts';
import { hasColor, type Terminal, widthOf } from './terminal.ts';

/** A program and where its schemas lie. */
export type Loaded = {
  readonly program: Program;
  /** The schemas that were named, by their paths in the model; imported ones are not among them. */
  readonly files: ReadonlyMap<string, SchemaFile>;
  readonly hasErrors: boolean;
};

/**
 * Loads the schemas at `paths` (from `cwd`), or those of the configuration, and shows what is wrong
 * with them.
 */
export async function load(
  paths: readonly string[],
  config: Config,
  terminal: Terminal,
): Promise<Loaded> {
  const roots = config.schemas.map((path) => resolve(config.directory, path));
  const wanted = paths.length === 0 ? roots : paths.map((path) => resolve(terminal.cwd, path));
  const files = new Map<string, SchemaFile>();
  for (const { file, root } of await findSchemas(wanted)) {
    // One schema gives the same output whether it is named alone or found in its directory.
    const outer = roots.find((one) => isInside(file, one));
    files.set(schemaPath(config.directory, file), { file, root: outer ?? root });
  }
  const program = await loadProgram(createNodeHost(config.directory), [...files.keys()]);
  const { diagnostics } = program;
  if (diagnostics.length > 0) {
    const options = { color: hasColor(terminal), width: widthOf(terminal) };
    const text = renderDiagnostics(diagnostics, options);
    terminal.err(text.endsWith('\n') ? text : `${text}\n`);
  }
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  if (diagnostics.length > 0) {
    terminal.err(
      `${counted(errors, 'error')}, ${counted(diagnostics.length - errors, 'warning')}\n`,
    );
  }
  return { program, files, hasErrors: errors > 0 };
}

/** `1 error`, `2 errors`. */
export function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** True for a path at or below `directory`. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && !way.startsWith('..') && resolve(directory, way) === path;
}
