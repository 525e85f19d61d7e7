/** Requests and the messages they pair. */
import type { CommunityNode, MessageNode, Name, RequestNode } from '../ast/nodes.ts';
import { communitiesOf, type CheckContext } from './context.ts';
import type { Symbols } from './symbols.ts';

/** A request and the community that declares it. */
export type PlacedRequest = { readonly community: CommunityNode; readonly request: RequestNode };

/** Every request of every community, in order. */
export function requestsOf(context: CheckContext): readonly PlacedRequest[] {
  return communitiesOf(context).flatMap((community) =>
    community.requests.map((request) => ({ community, request })),
  );
}

/** The messages that a request of this community may name, the nearest of each name first. */
export function messagesFor(symbols: Symbols, community: CommunityNode): readonly MessageNode[] {
  return [community, ...symbols.ancestorsOf(community)].flatMap(({ messages }) => messages);
}

/** The message that a name means in a community. */
export function findMessage(
  symbols: Symbols,
  community: CommunityNode,
  name: Name | undefined,
): MessageNode | undefined {
  if (name === undefined) return undefined;
  return messagesFor(symbols, community).find((one) => one.name.text === name.text);
}
