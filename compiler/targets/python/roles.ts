/** What each message of a community is for: what has a handler, what asks, and what answers. */
import type { Community, Message, Model, Request } from '../../ir/model.ts';

/** A request with its messages, and the schemas that these are in. */
export type Pairing = {
  /** The community that declares the request, and the path of its schema. */
  readonly community: Community;
  readonly path: string;
  readonly request: Request;
  readonly question: Placed;
  readonly answer: Placed;
};

/** A message, and the path of its schema. */
export type Placed = { readonly message: Message; readonly path: string };

/** A community's own messages by what they are for. */
export type Roles = {
  /**
   * Requests that travel in datagrams of their own and never in cells: what is asked in a cell is
   * answered in one, and only who opens and fills cells can do that.
   */
  readonly pairings: readonly Pairing[];
  /** The request that a message asks in. */
  readonly askedIn: (message: Message) => Pairing | undefined;
  /** The requests that a message answers, those of ancestors in front. */
  readonly answeredIn: (message: Message) => readonly Pairing[];
};

/** The least id of the introduction protocol, which py-ipv8's `Community` speaks by itself. */
const INTRODUCTION_ID_MIN = 231;

/** True for a message that py-ipv8's `Community` has a handler for. */
export function isIntroduction({ id, overrides }: Message): boolean {
  return id >= INTRODUCTION_ID_MIN && overrides === undefined;
}

/**
 * The roles of the community's messages. A question may be an ancestor's message: then the request
 * is asked here, and its handler is the ancestor's.
 */
export function rolesOf(community: Community, model: Model): Roles {
  const [here, ...ancestors] = lineOf(community, model);
  const pairings = here === undefined ? [] : pairingsOf(here, model);
  const all = [...ancestors.flatMap((one) => pairingsOf(one, model)), ...pairings];
  return {
    pairings,
    askedIn: (message) => pairings.find(({ question }) => question.message === message),
    answeredIn: (message) => all.filter(({ answer }) => answer.message === message),
  };
}

function pairingsOf({ community, path }: PlacedCommunity, model: Model): readonly Pairing[] {
  return community.requests.flatMap((request) => {
    const question = findMessage(request.request, community, model);
    const answer = findMessage(request.response, community, model);
    if (question === undefined || answer === undefined) return [];
    const isBySocket = [question, answer].every(({ message: { via } }) => {
      return via.includes('socket') && !via.includes('cell');
    });
    return isBySocket ? [{ community, path, request, question, answer }] : [];
  });
}

type PlacedCommunity = { readonly community: Community; readonly path: string };

/** The community, and those that it extends, the nearest first. */
function lineOf(start: Community, { modules }: Model): readonly PlacedCommunity[] {
  const all = new Map<string, PlacedCommunity>();
  for (const { declarations, path } of modules) {
    for (const one of declarations) {
      if (one.kind === 'community') all.set(one.name, { community: one, path });
    }
  }
  const line: PlacedCommunity[] = [];
  let here = all.get(start.name);
  while (here !== undefined && !line.includes(here)) {
    line.push(here);
    here = all.get(here.community.parent ?? '');
  }
  return line;
}

/** The message of that name: the community's own, or the nearest ancestor's. */
function findMessage(name: string, start: Community, model: Model): Placed | undefined {
  for (const { community, path } of lineOf(start, model)) {
    const message = community.messages.find((one) => one.name === name);
    if (message !== undefined) return { message, path };
  }
  return undefined;
}
