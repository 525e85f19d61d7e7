/** What each message of a community is for: what has a handler, what asks, and what answers. */
import type { Community, Message, Model, Request } from '../../ir/model.ts';

/** A request with its messages, and the schemas that these are in. */
export type Pairing = {
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
  /** The requests that a message answers. */
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
  const pairings = community.requests.flatMap((request) => {
    const question = findMessage(request.request, community, model);
    const answer = findMessage(request.response, community, model);
    if (question === undefined || answer === undefined) return [];
    const isBySocket = [question, answer].every(({ message: { via } }) => {
      return via.includes('socket') && !via.includes('cell');
    });
    return isBySocket ? [{ request, question, answer }] : [];
  });
  return {
    pairings,
    askedIn: (message) => pairings.find(({ question }) => question.message === message),
    answeredIn: (message) => pairings.filter(({ answer }) => answer.message === message),
  };
}

/** The message of that name: the community's own, or the nearest ancestor's. */
function findMessage(name: string, start: Community, { modules }: Model): Placed | undefined {
  const all = modules.flatMap(({ declarations, path }) =>
    declarations.flatMap((one) => (one.kind === 'community' ? [{ community: one, path }] : [])),
  );
  let here = all.find(({ community }) => community === start);
  while (here !== undefined) {
    const { community, path } = here;
    const message = community.messages.find((one) => one.name === name);
    if (message !== undefined) return { message, path };
    here = all.find((one) => one.community.name === community.parent);
  }
  return undefined;
}
