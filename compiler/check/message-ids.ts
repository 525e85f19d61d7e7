import type { CommunityNode } from '../ast/nodes.ts';
import type { CheckContext } from './context.ts';

/**
 * The first id of the introduction protocol, which every community speaks (py-ipv8 community.py).
 */
export const INTRODUCTION_ID_MIN = 231;

/**
 * True for a community that extends the introduction protocol without saying so: it is not
 * abstract, and none of its ancestors has messages of that range.
 */
export function extendsIntroduction(
  context: Pick<CheckContext, 'symbols'>,
  community: CommunityNode,
): boolean {
  if (community.isAbstract) return false;
  return !context.symbols
    .ancestorsOf(community)
    .flatMap(({ messages }) => messages)
    .some(({ id }) => (context.symbols.evaluateSize(id) ?? 0) >= INTRODUCTION_ID_MIN);
}

/** The ids that neither the community nor an ancestor uses or reserves, 1 first and 0 last. */
export function freeIds(
  context: Pick<CheckContext, 'symbols'>,
  community: CommunityNode,
): readonly number[] {
  const { symbols } = context;
  const taken = new Set<number>();
  for (const { messages, reserved } of [community, ...symbols.ancestorsOf(community)]) {
    for (const { id } of messages) taken.add(symbols.evaluateSize(id) ?? -1);
    for (const { from, to } of reserved) {
      const last = Math.min(255, symbols.evaluateSize(to) ?? 0);
      for (let id = symbols.evaluateSize(from) ?? 256; id <= last; id++) taken.add(id);
    }
  }
  const end = extendsIntroduction(context, community) ? INTRODUCTION_ID_MIN : 256;
  // 0 is an id like any other; still people begin at 1.
  const ids = [...Array.from({ length: end - 1 }, (_, at) => at + 1), 0];
  return ids.filter((id) => !taken.has(id));
}

/**
 * The lowest id that neither the community nor an ancestor uses or reserves; undefined when none
 * is left.
 */
export function lowestFreeId(context: CheckContext, community: CommunityNode): number | undefined {
  return freeIds(context, community)[0];
}
