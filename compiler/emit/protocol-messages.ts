/** What a community's protocol holds: messages with a handler, and requests that pair messages. */
import type { Community, Message, Request } from '../ir/model.ts';

/** A message and the module that declares it. */
export type ProtocolMessage = { readonly message: Message; readonly path: string };

/** A request with its messages, and the community that declares it. */
export type ProtocolRequest = {
  readonly request: Request;
  readonly community: string;
  readonly question: ProtocolMessage;
  readonly answer: ProtocolMessage;
};

/** Finds a community by its name. */
export type FindCommunity = (name: string) => Community | undefined;

/** From here on, ids are of the introduction protocol, which the runtime speaks for every overlay. */
const INTRODUCTION_ID_MIN = 231;

/**
 * The messages a community's handlers answer: its parents' first, then its own, but one that
 * overrides a parent's in front of that one, since of two with one id the first is tried first.
 * Inherited messages of the introduction protocol are the runtime's to answer, and answers settle
 * the promise of who asked.
 */
export function protocolMessages(
  community: Community,
  find: FindCommunity,
): readonly ProtocolMessage[] {
  const answers = new Set(protocolRequests(community, find).map(({ answer }) => answer.message));
  return spokenMessages(community, find).filter(({ message }) => !answers.has(message));
}

/** The requests that a community may make: its parents' first, then its own. */
export function protocolRequests(
  community: Community,
  find: FindCommunity,
): readonly ProtocolRequest[] {
  const spoken = new Set(spokenMessages(community, find).map(({ message }) => message));
  const family = [...ancestors(community, find).toReversed(), community];
  return family
    .flatMap((one) => ownRequests(one, find))
    .filter(({ question, answer }) => spoken.has(question.message) && spoken.has(answer.message));
}

function spokenMessages(community: Community, find: FindCommunity): readonly ProtocolMessage[] {
  const parent = community.parent === undefined ? undefined : find(community.parent);
  const inherited = parent === undefined ? [] : spokenMessages(parent, find).filter(isOurs);
  const { path } = community.place;
  const messages = [...inherited];
  for (const message of community.messages) {
    const at = messages.findIndex((one) => one.message.name === message.overrides);
    messages.splice(at < 0 ? messages.length : at, 0, { message, path });
  }
  return messages;
}

function isOurs({ message }: ProtocolMessage): boolean {
  return message.id < INTRODUCTION_ID_MIN || message.overrides !== undefined;
}

/** The nearest first. */
function ancestors(community: Community, find: FindCommunity): readonly Community[] {
  const parent = community.parent === undefined ? undefined : find(community.parent);
  return parent === undefined ? [] : [parent, ...ancestors(parent, find)];
}

/** A name means the nearest message: the community's own, or an ancestor's. */
function ownRequests(community: Community, find: FindCommunity): readonly ProtocolRequest[] {
  const messages = [community, ...ancestors(community, find)].flatMap((one) =>
    one.messages.map((message) => ({ message, path: one.place.path })),
  );
  const named = (name: string) => messages.find(({ message }) => message.name === name);
  return community.requests.flatMap((request) => {
    const [question, answer] = [named(request.request), named(request.response)];
    if (question === undefined || answer === undefined) return [];
    return [{ request, community: community.name, question, answer }];
  });
}
