import { build } from '../ast/build.ts';
import type { SchemaNode } from '../ast/nodes.ts';
import { check } from '../check/check.ts';
import { checkVectors, type VectorMemory } from '../check/check-vectors.ts';
import { createCheckMemory } from '../check/memory.ts';
import type { LinkedSchema } from '../check/linked.ts';
import { diagnose, orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import type { SourceHost } from '../source/host.ts';
import { applyAllows, checkAllows, isOfProgram } from './allows.ts';
import { createSource, type Source } from '../source/source.ts';
import { parse } from '../syntax/parse.ts';

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

/** Loads programs one after the other, as their schemas change. */
export type ProgramCache = {
  /**
   * As `loadProgram`. A schema whose text is that of the last load keeps its tree, and one that no
   * change can have touched keeps its module: both are the same objects as before.
   */
  load(host: SourceHost, paths: readonly string[]): Promise<Program>;
};

/** For whoever loads again and again: a watcher, an editor. Holds the last program and no other. */
export function createProgramCache(): ProgramCache {
  const memory = createCheckMemory();
  const vectors: VectorMemory = new WeakMap();
  let trees: ReadonlyMap<string, Tree> = new Map();
  return {
    async load(host, paths) {
      const read = await readSchemas(host, paths, (path, text) => {
        const known = trees.get(path);
        return known?.text === text ? known : buildTree(path, text);
      });
      trees = read.trees;
      const linked = link(read);
      const checked = check(linked, memory);
      const diagnostics = [...missing(paths, trees), ...checked.diagnostics];
      // One by one: a broken schema can have more faults than a call may have arguments.
      for (const tree of trees.values()) for (const one of tree.diagnostics) diagnostics.push(one);
      const isSound = !diagnostics.some(({ severity }) => severity === 'error');
      if (isSound) {
        diagnostics.push(...checkVectors(linked, checked.model, vectors));
      }
      const allows = linked.flatMap(({ schema }) => schema.allows);
      return {
        sources: linked.map(({ schema }) => schema.source),
        schemas: linked,
        model: checked.model,
        diagnostics: orderDiagnostics([
          ...checkAllows(allows),
          // What is broken is not measured, so that an allow may only seem to be idle.
          ...applyAllows(
            allows,
            withoutDoubtful(diagnostics),
            (code) => isSound && isOfProgram(code),
          ),
        ]),
      };
    },
  };
}

/** Faults behind which the use of an import may be. */
const HIDES_USES = /^(?:syntax\/.*|name\/unknown|layout\/malformed-type)$/;

/** An import seems unused where its use is misspelt or cannot be read: then that is told alone. */
function withoutDoubtful(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const hiding = diagnostics.filter(({ code }) => HIDES_USES.test(code));
  const broken = new Set(hiding.map(({ primary }) => primary.span.source.path));
  return diagnostics.filter(
    ({ code, primary }) => code !== 'import/unused' || !broken.has(primary.span.source.path),
  );
}

/**
 * Reads the schemas at `paths` and all they import, and checks them together. Faults of schemas
 * are diagnostics; only what the host throws is thrown.
 */
export function loadProgram(host: SourceHost, paths: readonly string[]): Promise<Program> {
  return createProgramCache().load(host, paths);
}

/** A schema as it was read. */
type Tree = {
  readonly text: string;
  readonly schema: SchemaNode;
  readonly diagnostics: readonly Diagnostic[];
};

function buildTree(path: string, text: string): Tree {
  return { text, ...build(parse(createSource(path, text))) };
}

type Read = {
  readonly trees: ReadonlyMap<string, Tree>;
  /** What each schema imports, by its path, in order. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
};

async function readSchemas(
  host: SourceHost,
  paths: readonly string[],
  treeOf: (path: string, text: string) => Tree,
): Promise<Read> {
  const trees = new Map<string, Tree>();
  const imports = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  const waiting = [...paths];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await host.read(path);
    if (text === undefined) continue;
    const from = path;
    const tree = treeOf(from, text);
    const imported = tree.schema.imports.map(({ specifier }) => host.resolve(from, specifier.text));
    trees.set(from, tree);
    imports.set(from, imported);
    waiting.push(...imported);
  }
  return { trees, imports };
}

function missing(paths: readonly string[], trees: ReadonlyMap<string, Tree>): Diagnostic[] {
  return [...new Set(paths)]
    .filter((path) => !trees.has(path))
    .map((path) => {
      const at = { source: createSource(path, ''), start: 0, end: 0 };
      return diagnose('import/missing-file', { path }, { at });
    });
}

function link({ trees, imports }: Read): readonly LinkedSchema[] {
  return [...trees.values()]
    .map(({ schema }) => schema)
    .sort((a, b) => (a.source.path < b.source.path ? -1 : 1))
    .map((schema) => ({
      schema,
      imports: schema.imports.flatMap((node, at) => {
        const path = imports.get(schema.source.path)?.[at];
        return path === undefined ? [] : [{ node, path, isMissing: !trees.has(path) }];
      }),
    }));
}
