/** Where generated modules lie, and how they import each other. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Emit } from '../emit/emitter.ts';
import type { Model } from '../ir/model.ts';
import type { Config } from './config.ts';
import type { Loaded } from './load.ts';
import { UsageError } from './usage-error.ts';

/** A generated module with its place, and the path of its schema. */
export type Output = { readonly file: string; readonly text: string; readonly schema: string };

/** Where modules go, and who prints them. */
export type GenerateTo = { readonly config: Config; readonly out: string; readonly emit: Emit };

/** The texts of all modules that the named schemas give, for the directory `out`. */
export function generate(loaded: Loaded, to: GenerateTo): readonly Output[] {
  const { config, emit, out } = to;
  const { model } = loaded.program;
  const places = outputPlaces(model, loaded, out);
  const emitted = emit(model, (path) => {
    const from = places.get(path) ?? out;
    return {
      codegen: specifier(config.codegen, config.directory, from),
      moduleOf: (other) => relativeSpecifier(from, places.get(other) ?? out),
      authorOf: ({ schemaPath, file }) => {
        const schema = resolve(config.directory, schemaPath);
        return specifier(file, dirname(schema), from);
      },
    };
  });
  const outputs: Output[] = [];
  for (const { schemaPath, text } of emitted) {
    const file = places.get(schemaPath);
    if (loaded.files.has(schemaPath) && file !== undefined)
      outputs.push({ file, text, schema: schemaPath });
  }
  return outputs;
}

/** The generated module of every schema, by the schema's path. */
export function outputPlaces(
  model: Model,
  loaded: Pick<Loaded, 'files'>,
  out: string,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { path } of model.modules) {
    const known = loaded.files.get(path);
    const below = known === undefined ? path.split('/').at(-1) : relative(known.root, known.file);
    const file = join(out, (below ?? path).replace(/\.ipv8$/, '.ts'));
    const owner = owners.get(file);
    if (owner !== undefined) {
      throw new UsageError(`${owner} and ${path} would both be generated as ${file}`);
    }
    owners.set(file, path);
    places.set(path, file);
  }
  return places;
}

/** An import specifier of the configuration, as the module at `from` has to write it. */
export function specifier(configured: string, directory: string, from: string): string {
  if (!configured.startsWith('.')) return configured;
  return relativeSpecifier(from, resolve(directory, configured));
}

/** The relative import of one file by another. */
export function relativeSpecifier(from: string, to: string): string {
  const way = relative(dirname(from), to).split(sep).join('/');
  return way.startsWith('.') ? way : `./${way}`;
}
