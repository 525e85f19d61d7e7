/** Messages that stand in front of an ancestor's under the same id. */
import type { CommunityNode, FieldNode, MessageNode } from '../ast/nodes.ts';
import type { CheckContext } from './context.ts';
import { ANCESTORS_MAX, type Symbols } from './symbols.ts';

/** A message and the community that declares it. */
export type Placed = { readonly community: CommunityNode; readonly message: MessageNode };

/** The ancestor's message that this one overrides, the nearest of that name. */
export function overriddenBy(symbols: Symbols, { community, message }: Placed): Placed | undefined {
  const name = message.overrides?.text;
  if (name === undefined) return undefined;
  for (const ancestor of symbols.ancestorsOf(community)) {
    const found = ancestor.messages.find((one) => one.name.text === name);
    if (found !== undefined) return { community: ancestor, message: found };
  }
  return undefined;
}

/** The message that has the id itself; undefined when there is none. */
export function overriddenAtLast(symbols: Symbols, placed: Placed): Placed | undefined {
  let next: Placed | undefined = placed;
  for (let step = 0; step <= ANCESTORS_MAX && next !== undefined; step++) {
    if (next.message.overrides === undefined) return next;
    next = overriddenBy(symbols, next);
  }
  return undefined;
}

/** The id of a message, stated or taken over; undefined when it cannot be known. */
export function messageIdOf(symbols: Symbols, placed: Placed): number | undefined {
  return symbols.evaluateSize(overriddenAtLast(symbols, placed)?.message.id);
}

/** Every message that overrides another, in order. */
export function overridesIn(context: CheckContext): readonly Placed[] {
  return context.schemas
    .flatMap(({ schema }) => schema.declarations)
    .filter((node) => node.kind === 'community')
    .flatMap((community) => community.messages.map((message) => ({ community, message })))
    .filter(({ message }) => message.overrides !== undefined);
}

/** The first constant of a message, and where it stands among the fields. */
export function firstConstant({
  fields,
}: MessageNode): { readonly field: FieldNode; readonly at: number } | undefined {
  const at = fields.findIndex(({ isConstant }) => isConstant);
  const field = fields[at];
  return field === undefined ? undefined : { field, at };
}
