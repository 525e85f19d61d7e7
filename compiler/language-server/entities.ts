/** What a name can stand for. */
import type {
  BitsMemberNode,
  CommunityNode,
  DeclarationNode,
  EnumMemberNode,
  EnumNode,
  FieldNode,
  MessageNode,
  Name,
  RequestNode,
  StructNode,
} from '../ast/nodes.ts';

/** What has fields. */
export type FieldOwner = StructNode | MessageNode;

/** Something that a schema gives a name; two are the same when their nodes are. */
export type Entity =
  | { readonly kind: 'declaration'; readonly node: DeclarationNode }
  | { readonly kind: 'message'; readonly node: MessageNode; readonly owner: CommunityNode }
  | { readonly kind: 'request'; readonly node: RequestNode; readonly owner: CommunityNode }
  | { readonly kind: 'field'; readonly node: FieldNode; readonly owner: FieldOwner }
  | { readonly kind: 'member'; readonly node: EnumMemberNode; readonly owner: EnumNode }
  | { readonly kind: 'bit'; readonly node: BitsMemberNode; readonly owner: FieldNode };

/** A name in its place, and what it stands for. */
export type Occurrence = {
  readonly name: Name;
  /** `word`: a word of the language, such as a built-in type or a carrier. */
  readonly kind: 'definition' | 'reference' | 'word';
  /**
   * None for a word and for a name that nothing declares; two for a field that pairs two messages.
   */
  readonly entities: readonly Entity[];
};

/** A message of the community or of its ancestors, nearest first. */
export function findMessage(
  communities: readonly CommunityNode[],
  name: string,
): Entity | undefined {
  for (const owner of communities) {
    const node = owner.messages.find((message) => message.name.text === name);
    if (node !== undefined) return { kind: 'message', node, owner };
  }
  return undefined;
}

/** The field of that name. */
export function findField(owner: FieldOwner, name: string): Entity | undefined {
  const node = owner.fields.find((field) => field.name.text === name);
  return node && { kind: 'field', node, owner };
}

/** True when both stand for the same. */
export function isSame(one: Entity, other: Entity): boolean {
  return one.node === other.node;
}
