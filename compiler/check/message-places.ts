/** Messages of the model and the trees they come from, for rules that measure and then point. */
import type { CommunityNode, FieldNode, MessageNode, TypeNode } from '../ast/nodes.ts';
import type { Step } from '../ir/fitting-bound.ts';
import type { Community, Message } from '../ir/model.ts';
import type { CheckContext } from './context.ts';
import { shapeOf } from './type-shape.ts';

/** A message as written and as resolved. */
export type MessagePlace = {
  readonly node: MessageNode;
  readonly message: Message;
  readonly communityNode: CommunityNode;
  readonly community: Community;
};

/** Every message all of whose fields could be resolved; of others no size is known. */
export function messagePlacesOf(context: CheckContext): readonly MessagePlace[] {
  const modules = new Map(context.model().modules.map((module) => [module.path, module]));
  return context.schemas.flatMap(({ schema }) => {
    const communities = new Map<string, Community>();
    for (const one of modules.get(schema.source.path)?.declarations ?? []) {
      if (one.kind === 'community') communities.set(one.name, one);
    }
    return schema.declarations.flatMap((node) => {
      if (node.kind !== 'community') return [];
      const community = communities.get(node.name.text);
      return community === undefined ? [] : placesIn(node, community);
    });
  });
}

function placesIn(communityNode: CommunityNode, community: Community): readonly MessagePlace[] {
  const messages = new Map(community.messages.map((message) => [message.name, message]));
  return communityNode.messages.flatMap((node) => {
    const message = messages.get(node.name.text);
    const isWhole = message?.fields.length === node.fields.length;
    return isWhole ? [{ node, message, communityNode, community }] : [];
  });
}

/** The field of that name; the first, where a name is declared twice. */
export function fieldNodeOf(
  fields: readonly FieldNode[],
  { name }: { readonly name: string },
): FieldNode | undefined {
  return fields.find((field) => field.name.text === name);
}

/** The written type that the steps lead to. */
export function typeNodeAt(
  { symbols }: CheckContext,
  start: TypeNode,
  steps: readonly Step[],
): TypeNode | undefined {
  let node: TypeNode | undefined = start;
  for (const step of steps) {
    if (node === undefined) return undefined;
    if (step.kind === 'field') {
      const struct = symbols.findAnywhere(step.structName);
      const fields: readonly FieldNode[] = struct?.kind === 'struct' ? struct.fields : [];
      node = fieldNodeOf(fields, { name: step.fieldName })?.type;
    } else if (step.kind === 'carrier') {
      const codec = symbols.find(node.name);
      node = codec?.kind === 'codec' ? codec.carrier : undefined;
    } else {
      const shape = shapeOf(node);
      node = shape.kind === 'list' ? shape.element : undefined;
    }
  }
  return node;
}
