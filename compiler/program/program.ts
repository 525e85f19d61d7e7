import { build } from '../ast/build.ts';
import type { SchemaNode } from '../ast/nodes.ts';
import { check } from '../check/check.ts';
import type { LinkedSchema } from '../check/linked.ts';
import { diagnose, orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import type { SourceHost } from '../source/host.ts';
import { createSource, type Source } from '../source/source.ts';
import { createParse, type Parse } from '../syntax/parse.ts';

/** What became of a set of schemas. */
export type Program = {
  /** Every schema that was read, imported ones included, in the order of their paths. */
  readonly sources: readonly Source[];
  /** Their trees, in the same order: what an editor asks about. */
  readonly schemas: readonly LinkedSchema[];
  /** Whatever could be resolved; complete when no diagnostic is an error. */
  readonly model: Model;
  /** Of all files, ordered by path and place. */
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Reads the schemas at `paths` and all they import, and checks them together. Faults of schemas
 * are diagnostics; only what the host throws is thrown.
 */
export async function loadProgram(host: SourceHost, paths: readonly string[]): Promise<Program> {
  const diagnostics: Diagnostic[] = [];
  const schemas = new Map<string, SchemaNode | undefined>();
  const linkedImports = new Map<string, { readonly path: string }[]>();
  const waiting = [...new Set(paths)];
  const parse = createParse();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (schemas.has(path)) continue;
    const schema = await readSchema(path, { host, parse, diagnostics });
    schemas.set(path, schema);
    const imported = (schema?.imports ?? []).map(({ specifier }) => ({
      path: host.resolve(path, specifier.text),
    }));
    linkedImports.set(path, imported);
    waiting.push(...imported.map((one) => one.path));
  }
  for (const path of new Set(paths)) {
    if (schemas.get(path) !== undefined) continue;
    const at = { source: createSource(path, ''), start: 0, end: 0 };
    diagnostics.push(diagnose('import/missing-file', { path }, { at }));
  }
  const linked = link(schemas, linkedImports);
  const checked = check(linked);
  return {
    sources: linked.map(({ schema }) => schema.source),
    schemas: linked,
    model: checked.model,
    diagnostics: orderDiagnostics([...diagnostics, ...checked.diagnostics]),
  };
}

async function readSchema(
  path: string,
  {
    host,
    parse,
    diagnostics,
  }: {
    readonly host: SourceHost;
    readonly parse: Parse;
    readonly diagnostics: Diagnostic[];
  },
): Promise<SchemaNode | undefined> {
  const text = await host.read(path);
  if (text === undefined) return undefined;
  const built = build(parse(createSource(path, text)));
  // One by one: a broken schema can have more faults than a call may have arguments.
  for (const diagnostic of built.diagnostics) diagnostics.push(diagnostic);
  return built.schema;
}

function link(
  schemas: ReadonlyMap<string, SchemaNode | undefined>,
  imports: ReadonlyMap<string, readonly { readonly path: string }[]>,
): readonly LinkedSchema[] {
  return [...schemas]
    .flatMap(([, schema]) => (schema === undefined ? [] : [schema]))
    .sort((a, b) => (a.source.path < b.source.path ? -1 : 1))
    .map((schema) => ({
      schema,
      imports: schema.imports.flatMap((node, at) => {
        const path = imports.get(schema.source.path)?.[at]?.path;
        return path === undefined
          ? []
          : [{ node, path, isMissing: schemas.get(path) === undefined }];
      }),
    }));
}
