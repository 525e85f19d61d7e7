/**
 * What is known of schemas from the last time they were checked, so that only those are looked at
 * again that a change can have touched.
 */
import type { SchemaNode } from '../ast/nodes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model, Module } from '../ir/model.ts';
import type { LinkedSchema } from './linked.ts';
import type { Symbols } from './symbols.ts';

/** The last check of a program; empty before the first. */
export type CheckMemory = {
  /** Trees by path: the same object means the same text. */
  schemas: ReadonlyMap<string, SchemaNode>;
  /** What is declared, and where: names decide what other schemas' names mean. */
  names: string;
  /** Schemas in which nothing was found. */
  clean: ReadonlySet<string>;
  /** What schemas became, by path. */
  modules: ReadonlyMap<string, Module>;
};

/** Nothing is known. */
export function createCheckMemory(): CheckMemory {
  return { schemas: new Map(), names: '', clean: new Set(), modules: new Map() };
}

/**
 * Paths of the schemas whose meaning may differ from the last time: changed ones, and what imports
 * them, through however many others. All of them when any declaration came, went or moved.
 */
export function touchedSchemas(
  memory: CheckMemory,
  schemas: readonly LinkedSchema[],
  symbols: Symbols,
): ReadonlySet<string> {
  const now = new Map(schemas.map(({ schema }) => [schema.source.path, schema]));
  if (namesOf(symbols) !== memory.names) return new Set(now.keys());
  const importers = new Map<string, string[]>();
  for (const { schema, imports } of schemas) {
    for (const { path } of imports) {
      const known = importers.get(path);
      if (known === undefined) importers.set(path, [schema.source.path]);
      else known.push(schema.source.path);
    }
  }
  const changed = [...now.keys(), ...memory.schemas.keys()].filter(
    (path) => now.get(path) !== memory.schemas.get(path),
  );
  const touched = new Set<string>();
  for (let path = changed.pop(); path !== undefined; path = changed.pop()) {
    if (touched.has(path)) continue;
    touched.add(path);
    changed.push(...(importers.get(path) ?? []));
  }
  return touched;
}

/** Keeps what a check found for the next one. */
export function remember(
  memory: CheckMemory,
  schemas: readonly LinkedSchema[],
  found: {
    readonly symbols: Symbols;
    readonly model: Model;
    readonly diagnostics: readonly Diagnostic[];
  },
): void {
  const faulty = new Set(found.diagnostics.map(({ primary }) => primary.span.source.path));
  const paths = schemas.map(({ schema }) => schema.source.path);
  memory.schemas = new Map(schemas.map(({ schema }) => [schema.source.path, schema]));
  memory.names = namesOf(found.symbols);
  memory.clean = new Set(paths.filter((path) => !faulty.has(path)));
  memory.modules = new Map(found.model.modules.map((module) => [module.path, module]));
}

function namesOf(symbols: Symbols): string {
  const lines: string[] = [];
  for (const { kind, name } of symbols.all()) {
    lines.push(`${kind} ${name.text} ${name.span.source.path}`);
  }
  return lines.join('\n');
}
