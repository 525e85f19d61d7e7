/** What schemas are compared with: a lock, other schemas, or those of a commit. */
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, resolve } from 'node:path';
import type { Model } from '../ir/model.ts';
import type { Snapshot } from '../lock/compare.ts';
import { LOCK_FILE, lockHost } from '../lock/lock-text.ts';
import { loadProgram, type Program } from '../program/program.ts';
import type { SourceHost } from '../source/host.ts';
import { positionAt } from '../source/position.ts';
import { createSource } from '../source/source.ts';
import type { Config } from './config.ts';
import { openCommit } from './git.ts';
import { loadQuietly } from './load.ts';
import { readText, schemaPath } from './node-host.ts';
import { UsageError } from './usage-error.ts';

const GIT = 'git:';

/** The lock of a configuration: in its first directory of schemas, or beside its first schema. */
export async function lockFileOf(config: Config): Promise<string> {
  const first = resolve(config.directory, config.schemas[0] ?? '.');
  const isDirectory = await stat(first).then(
    (entry) => entry.isDirectory(),
    () => true,
  );
  return join(isDirectory ? first : dirname(first), LOCK_FILE);
}

/** A program with its own texts. */
export function snapshotOf({ model, sources }: Program): Snapshot {
  const byPath = new Map(sources.map((source) => [source.path, source] as const));
  return { model, sourceOf: (path) => byPath.get(path) };
}

/** Only the modules that `model` has too: what was left out of a comparison was not removed. */
export function withoutOthers(snapshot: Snapshot, model: Model): Snapshot {
  const paths = new Set(model.modules.map(({ path }) => path));
  const modules = snapshot.model.modules.filter(({ path }) => paths.has(path));
  return { ...snapshot, model: { modules } };
}

/**
 * Reads a lock.
 * @param shown How the lock is named in what is said about it.
 * @throws UsageError for a text that is not one.
 */
export async function readLock(text: string, shown: string): Promise<Snapshot> {
  const mark = /^(?:<{7}|={7}|>{7})/m.exec(text);
  if (mark !== null) {
    const { line } = positionAt(createSource(shown, text), mark.index);
    throw new UsageError(
      `${shown}:${line}: a merge left its marks; resolve it, then run ipv8c lock`,
    );
  }
  const lock = lockHost(text);
  if (lock === undefined) {
    const advice = 'restore it, or delete it and run ipv8c lock';
    throw new UsageError(`${shown} is not a lock of this version; ${advice}`);
  }
  const program = await loadProgram(lock.host, lock.paths);
  refuseErrors(program, () => shown, 'restore the lock, which is written by `ipv8c lock` alone');
  const source = createSource(shown, text);
  return { model: program.model, sourceOf: () => source };
}

/** `git:REF`, a lock, a schema, or a directory of schemas. Paths start at `cwd`. */
export async function openSnapshot(
  against: string,
  config: Config,
  cwd: string,
): Promise<Snapshot> {
  if (against.startsWith(GIT)) return openGit(against.slice(GIT.length), config);
  const file = resolve(cwd, against);
  if (file.endsWith('.lock')) {
    const text = await readText(file);
    if (text === undefined) throw new UsageError(`${against}: no such file`);
    return readLock(text, schemaPath(config.directory, file));
  }
  const { program } = await loadQuietly([file], config, { cwd });
  refuseErrors(program, (path) => path);
  return snapshotOf(program);
}

async function openGit(reference: string, config: Config): Promise<Snapshot> {
  const commit = await openCommit(config.directory, reference);
  const files = await commit.list();
  const roots = config.schemas.map((path) => posix.normalize(path).replace(/\/$/, ''));
  const outside = roots.find((root) => root.startsWith('..') || isAbsolute(root));
  if (outside !== undefined) {
    throw new UsageError(`${GIT}${reference}: ${outside} is not below ${config.directory}`);
  }
  const paths = files.filter((path) => {
    return path.endsWith('.ipv8') && roots.some((root) => isBelow(path, root));
  });
  if (paths.length === 0) {
    throw new UsageError(`${GIT}${reference} has no schema in ${roots.join(', ')}`);
  }
  const host: SourceHost = {
    read: (path) => commit.read(path),
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
  };
  const program = await loadProgram(host, paths);
  refuseErrors(program, (path) => `${GIT}${reference}:${path}`);
  const { model, sourceOf } = snapshotOf(program);
  return {
    model,
    sourceOf: (path) => {
      const source = sourceOf(path);
      return source && createSource(`${GIT}${reference}:${path}`, source.text);
    },
  };
}

function isBelow(path: string, root: string): boolean {
  return root === '.' || path === root || !relative(root, path).startsWith('..');
}

function refuseErrors(
  { diagnostics }: Program,
  shownOf: (path: string) => string,
  help = 'what has errors cannot be compared with',
): void {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error === undefined) return;
  const { source, start } = error.primary.span;
  const { line, column } = positionAt(source, start);
  throw new UsageError(`${shownOf(source.path)}:${line}:${column}: ${error.title}; ${help}`);
}
