import type { SchemaNode } from '../ast/nodes.ts';
import type { Symbols } from '../check/symbols.ts';
import type { Program } from '../program/program.ts';

/** A checked program, as every feature is given it. */
export type Analysis = {
  readonly program: Program;
  readonly symbols: Symbols;
  /** The address of a schema, by its path in the program. */
  readonly uriOf: (path: string) => string;
  /** The path that `specifier` means when the schema at `from` imports it. */
  readonly resolve: (from: string, specifier: string) => string;
};

/** One document of a checked program: what a request is about. */
export type View = Analysis & { readonly schema: SchemaNode };
