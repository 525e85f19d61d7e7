/** Names in the values of vectors: fields, variants, members and constants, by the types. */
import type { EnumNode, FieldNode, LiteralNode, Name, TypeNode, VectorNode } from '../ast/nodes.ts';
import type { Symbols } from '../check/symbols.ts';
import { shapeOf } from '../check/type-shape.ts';
import { vectorTarget } from '../check/vectors.ts';
import { type Entity, type FieldOwner, findField } from './entities.ts';

/** Where names are found: `add` is told each with what it stands for, if anything. */
export type Walk = {
  readonly symbols: Symbols;
  add(name: Name, entity: Entity | undefined): void;
};

/** Values and the types they go through, codecs of codecs included, end at this depth. */
const DEPTH_MAX = 64;

/** What a vector is of, and every name in its value. */
export function addVector(walk: Walk, { of, value }: VectorNode): void {
  const target = vectorTarget(walk.symbols, of);
  walk.add(of, target && entityOf(walk.symbols, target));
  if (target !== undefined && value?.kind === 'object')
    addEntries(walk, target, { value, depth: 0 });
}

function entityOf(symbols: Symbols, node: FieldOwner): Entity | undefined {
  if (node.kind === 'struct') return { kind: 'declaration', node };
  for (const owner of symbols.all()) {
    if (owner.kind === 'community' && owner.messages.includes(node)) {
      return { kind: 'message', node, owner };
    }
  }
  return undefined;
}

type ObjectLiteral = Extract<LiteralNode, { readonly kind: 'object' }>;

function addEntries(
  walk: Walk,
  owner: FieldOwner,
  { depth, value }: { readonly value: ObjectLiteral; readonly depth: number },
): void {
  for (const entry of value.entries) {
    const field = findField(owner, entry.name.text);
    walk.add(entry.name, field);
    if (field?.kind !== 'field' || field.node.type === undefined) continue;
    addLiteral(walk, entry.value, { type: field.node.type, field: field.node, depth: depth + 1 });
  }
}

type Expected = { readonly type: TypeNode; readonly field: FieldNode; readonly depth: number };

function addLiteral(walk: Walk, literal: LiteralNode, expected: Expected): void {
  if (expected.depth > DEPTH_MAX) return;
  const shape = shapeOf(expected.type);
  const deeper = { ...expected, depth: expected.depth + 1 };
  if (shape.kind === 'list') {
    const items = literal.kind === 'list' ? literal.items : [];
    for (const item of items) addLiteral(walk, item, { ...deeper, type: shape.element });
  } else if (shape.kind === 'bits') addBits(walk, literal, expected);
  else if (shape.kind === 'named') addNamed(walk, literal, { ...deeper, name: shape.name });
  else addReferences(walk, literal, undefined);
}

function addNamed(
  walk: Walk,
  literal: LiteralNode,
  expected: Expected & { readonly name: Name },
): void {
  const found = walk.symbols.findAnywhere(expected.name.text);
  const { depth } = expected;
  if (found?.kind === 'codec') {
    if (found.carrier !== undefined)
      addLiteral(walk, literal, { ...expected, type: found.carrier });
  } else if (found?.kind === 'enum' || found?.kind === 'flags') addReferences(walk, literal, found);
  else if (literal.kind !== 'object') return;
  else if (found?.kind === 'struct') addEntries(walk, found, { value: literal, depth });
  else if (found?.kind === 'union' && literal.variant !== undefined) {
    const node = walk.symbols.findAnywhere(literal.variant.text);
    walk.add(literal.variant, node && { kind: 'declaration', node });
    if (node?.kind === 'struct') addEntries(walk, node, { value: literal, depth });
  }
}

function addBits(walk: Walk, literal: LiteralNode, { field, type }: Expected): void {
  if (literal.kind !== 'object') return;
  for (const { name, value } of literal.entries) {
    const node = type.members?.find((member) => member.name.text === name.text);
    walk.add(name, node && { kind: 'bit', node, owner: field });
    const named = node?.enumName && walk.symbols.findAnywhere(node.enumName.text);
    addReferences(walk, value, named?.kind === 'enum' ? named : undefined);
  }
}

/** Names of members, or else of constants. */
function addReferences(walk: Walk, literal: LiteralNode, owner: EnumNode | undefined): void {
  if (literal.kind === 'list') {
    for (const item of literal.items) if (item.kind !== 'list') addReferences(walk, item, owner);
  }
  if (literal.kind !== 'reference' || literal.text === 'true' || literal.text === 'false') return;
  const member = owner?.members.find(({ name }) => name.text === literal.text);
  if (owner !== undefined && member !== undefined) {
    walk.add(literal, { kind: 'member', node: member, owner });
    return;
  }
  const node = walk.symbols.find(literal);
  walk.add(literal, node && { kind: 'declaration', node });
}
