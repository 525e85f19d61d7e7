/** Where generated modules lie, and how they import each other. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Emit } from '../emit/emitter.ts';
import type { Model } from '../ir/model.ts';
import type { Config } from './config.ts';
import type { Loaded } from './load.ts';
import { UsageError } from './usage-error.ts';

/** A generated module with its place, and the path of its schema. */
export type Output = {
  readonly file: string;
  readonly text: string;
  readonly schema: string;
  /** True for tests, which are made of the schema's vectors. */
  readonly isTest: boolean;
};

/** Where modules go, and who prints them. */
export type GenerateTo = {
  readonly config: Config;
  readonly out: string;
  readonly emit: Emit;
  /** The directory of tests; undefined when the emitter prints modules. */
  readonly tests?: string;
};

/** The texts of all modules that the named schemas give, for the directory `out`. */
export function generate(loaded: Loaded, to: GenerateTo): readonly Output[] {
  const { config, emit, out, tests } = to;
  const { model } = loaded.program;
  const modules = outputPlaces(model, loaded, out);
  const places = tests === undefined ? modules : testPlaces(outputPlaces(model, loaded, tests));
  const emitted = emit(model, (path) => {
    const from = places.get(path) ?? out;
    return {
      codegen: specifier(config.codegen, config.directory, from),
      moduleOf: (other) => relativeSpecifier(from, modules.get(other) ?? out),
      authorOf: ({ schemaPath, file }) => {
        const schema = resolve(config.directory, schemaPath);
        return specifier(file, dirname(schema), from);
      },
    };
  });
  const outputs: Output[] = [];
  for (const { schemaPath, text } of emitted) {
    const file = places.get(schemaPath);
    if (!loaded.files.has(schemaPath) || file === undefined || text === '') continue;
    outputs.push({ file, text, schema: schemaPath, isTest: tests !== undefined });
  }
  return outputs;
}

/** A name that `node --test` finds, and that no test of the author's has by chance. */
function testPlaces(places: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...places].map(([path, file]) => [path, file.replace(/ts$/, 'vectors.test.ts')]));
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
