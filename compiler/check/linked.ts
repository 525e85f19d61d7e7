import type { ImportNode, SchemaNode } from '../ast/nodes.ts';

/** A schema whose imports have been looked up. */
export type LinkedSchema = {
  readonly schema: SchemaNode;
  readonly imports: readonly LinkedImport[];
};

/** An import and the schema it means. */
export type LinkedImport = {
  readonly node: ImportNode;
  readonly path: string;
  /** True when there is no such schema. */
  readonly isMissing: boolean;
};
