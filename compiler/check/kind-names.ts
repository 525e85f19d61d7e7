import type { DeclarationNode } from '../ast/nodes.ts';

/** What declarations are called in sentences. */
export const KIND_NAMES: Readonly<Record<DeclarationNode['kind'], string>> = {
  community: 'a community',
  struct: 'a struct',
  enum: 'an enum',
  flags: 'flags',
  union: 'a union',
  const: 'a constant',
  codec: 'a codec',
};
