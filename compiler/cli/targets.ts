/** Which target a compilation is for, and the files that it gives. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Model } from '../ir/model.ts';
import { TARGET_NAMES, TARGETS } from '../targets/index.ts';
import type { Target, TargetFile } from '../targets/target.ts';
import type { Loaded } from './load.ts';
import { nearName } from './near-name.ts';
import { type Output, outputPlaces } from './outputs.ts';
import { UsageError } from './usage-error.ts';

/**
 * The target of that name, or the one that a module on disk exports by default.
 * @throws UsageError for a name that is none, and for a module that is not there or exports no
 *   function.
 */
export async function loadTarget(name: string, cwd: string): Promise<Target> {
  if (Object.hasOwn(TARGETS, name)) {
    const load = TARGETS[name];
    if (load !== undefined) return load();
  }
  if (!/^\.{0,2}\//.test(name)) {
    const near = nearName(name, TARGET_NAMES);
    const hint = near === undefined ? '' : `; the nearest is ${near}`;
    const known = `known are ${TARGET_NAMES.join(', ')}, and ./paths of modules`;
    throw new UsageError(`there is no target ${name}${hint}; ${known}`);
  }
  const file = resolve(cwd, name);
  if (!existsSync(file)) throw new UsageError(`${name}: no such file`);
  const module: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new UsageError(`${name} cannot be loaded: ${messageOf(error)}`);
  });
  const target = (module as { readonly default?: unknown }).default;
  if (typeof target !== 'function') {
    throw new UsageError(`${name} does not export a function by default`);
  }
  return target as Target;
}

/**
 * The files of a target below `out`.
 * @throws UsageError for what is no file, has no place below `out`, or another's.
 */
export function targetOutputs(
  target: { readonly name: string; readonly run: Target; readonly base: Model | undefined },
  loaded: Loaded,
  out: string,
): readonly Output[] {
  const { model } = loaded.program;
  const places = outputPlaces(model, loaded, '');
  const made: unknown = runTarget(target, {
    model,
    schemas: new Set(loaded.files.keys()),
    base: target.base,
    placeOf: (path) => (places.get(path) ?? path).replace(/\.ts$/, ''),
    hasFile: (path) => existsSync(join(out, path)),
  });
  if (!Array.isArray(made)) throw new UsageError(`${target.name} gave no list of files`);
  const outputs = new Map<string, Output>();
  for (const one of made as readonly unknown[]) {
    const { path, text } = asFile(one, target.name);
    const file = join(out, path);
    if (outputs.has(file)) throw new UsageError(`${target.name} gave ${path} twice`);
    outputs.set(file, { file, text, schema: '', isTest: false });
  }
  return [...outputs.values()];
}

function runTarget(
  { name, run }: { readonly name: string; readonly run: Target },
  input: Parameters<Target>[0],
): unknown {
  if (Object.hasOwn(TARGETS, name)) return run(input);
  try {
    return run(input);
  } catch (error) {
    throw new UsageError(`${name} failed: ${messageOf(error)}`);
  }
}

function asFile(value: unknown, name: string): TargetFile {
  const { path, text } = (value ?? {}) as Partial<Record<keyof TargetFile, unknown>>;
  if (typeof path !== 'string' || typeof text !== 'string') {
    throw new UsageError(`${name} gave something that is no file: files have a path and a text`);
  }
  const isOutside = isAbsolute(path) || path.split(/[/\\]/).includes('..') || path === '';
  if (isOutside) throw new UsageError(`${name} gave the path ${path}, which is not below --out`);
  return { path, text };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
