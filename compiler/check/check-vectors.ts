/**
 * Vectors against the layout. Only a program without errors is asked: bytes say nothing about
 * fields that are not known, and every vector of a broken message would seem wrong.
 */
import type { VectorNode } from '../ast/nodes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Message, Model, Module, Struct, Vector } from '../ir/model.ts';
import { createDeclarations, type Declarations } from '../wire/declarations.ts';
import type { LinkedSchema } from './linked.ts';
import { vectorRules } from './rules/vector-rules.ts';

/** What a rule about vectors is given. */
export type VectorContext = {
  readonly node: VectorNode;
  readonly vector: Vector;
  /** What the vector is of. */
  readonly root: Struct | Message;
  readonly declarations: Declarations;
  readonly report: (diagnostic: Diagnostic) => void;
};

/** A rule about one vector. */
export type VectorRule = (context: VectorContext) => void;

/** What was found of modules that may come again: the same object means the same bytes. */
export type VectorMemory = WeakMap<Module, readonly Diagnostic[]>;

/** All that is wrong with the vectors of a program that has no errors. */
export function checkVectors(
  schemas: readonly LinkedSchema[],
  model: Model,
  memory: VectorMemory,
): readonly Diagnostic[] {
  let declarations: Declarations | undefined;
  const rootOf = createRoots(model);
  return model.modules.flatMap((module, at) => {
    const nodes = schemas[at]?.schema.vectors ?? [];
    const known = memory.get(module);
    if (known !== undefined || nodes.length === 0) return known ?? [];
    declarations ??= createDeclarations(model);
    const found: Diagnostic[] = [];
    for (const [index, vector] of module.vectors.entries()) {
      const [node, root] = [nodes[index], rootOf(vector)];
      if (node === undefined || root === undefined) continue;
      const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);
      for (const rule of vectorRules) rule({ node, vector, root, declarations, report });
    }
    memory.set(module, found);
    return found;
  });
}

type Roots = ReadonlyMap<string, Struct | Message>;

/** Structs and messages of a model by the paths of their modules and their names, each found once. */
function createRoots(model: Model): (vector: Vector) => Struct | Message | undefined {
  const byPath = new Map<string, Roots>();
  return ({ of }) => {
    const known = byPath.get(of.path) ?? rootsOf(model, of.path);
    byPath.set(of.path, known);
    return known.get(of.name);
  };
}

function rootsOf(model: Model, path: string): Roots {
  const module = model.modules.find((one) => one.path === path);
  const roots = (module?.declarations ?? []).flatMap((one): readonly (Struct | Message)[] =>
    one.kind === 'community' ? one.messages : one.kind === 'struct' ? [one] : [],
  );
  return new Map(roots.map((root) => [root.name, root]));
}
