/** Which messages a prefix and an id may stand for, by all communities of a model. */
import type { Community, Message, Model } from '../ir/model.ts';
import { createDeclarations, type Declarations } from './declarations.ts';

/** A message, the community that declares it, and what its types name. */
export type DeclaredMessage = {
  readonly community: Community;
  readonly message: Message;
  readonly declarations: Declarations;
};

/** What one prefix names: a community, or several that share an identity. */
export type Overlay = {
  readonly version: number;
  /** 40 hexadecimal digits. */
  readonly communityId: string;
  readonly communities: readonly Community[];
  /** By id; of an id that is overridden, the message that is tried first stands first. */
  readonly messages: MessagesById;
};

/** The community that every other one extends unless it says otherwise. */
export const BASE_COMMUNITY = 'Introduction';

export function communitiesOf(model: Model): readonly Community[] {
  return model.modules
    .flatMap(({ declarations }) => declarations)
    .filter((one) => one.kind === 'community');
}

/** All that a prefix and an id may mean. */
export type Protocols = {
  /** In the order of the model. */
  readonly overlays: readonly Overlay[];
  /** By id, the messages that every overlay has. */
  readonly base: MessagesById;
  /** What a prefix of nobody's stands for: a community whose id is made when it is started. */
  readonly unnamed: Omit<Overlay, 'communityId'> | undefined;
};

/** What there is beside the model. */
export type Around = {
  /** Holds the community that all extend, for a model that does not; its names are its own. */
  readonly base: Model | undefined;
  readonly unnamed: Community | undefined;
};

export type MessagesById = ReadonlyMap<number, readonly DeclaredMessage[]>;

/** The overlays of a model. */
export function createProtocols(model: Model, { base, unnamed }: Around): Protocols {
  const byName: ByName = new Map(communitiesOf(model).map((one) => [one.name, one]));
  const declarations = createDeclarations(model);
  const known = byName.get(BASE_COMMUNITY);
  const ofBase =
    known !== undefined
      ? messagesById([[known]], declarations)
      : base === undefined
        ? NO_MESSAGES
        : messagesById([communitiesOf(base)], createDeclarations(base));
  const shared = new Map<string, Community[]>();
  for (const community of communitiesOf(model)) {
    const communityId = communityIdOf(community, byName);
    if (communityId === undefined) continue;
    const key = `${communityId} ${community.version}`;
    shared.set(key, [...(shared.get(key) ?? []), community]);
  }
  const messagesOf = (communities: readonly Community[]): MessagesById => {
    const lines = communities.map((member) => lineOf(member, byName));
    const inherited = known === undefined ? ofBase : NO_MESSAGES;
    return new Map([...inherited, ...messagesById(lines, declarations)]);
  };
  const overlays = [...shared].map(([key, communities]) => ({
    version: Number(key.slice(COMMUNITY_ID_DIGITS + 1)),
    communityId: key.slice(0, COMMUNITY_ID_DIGITS),
    communities,
    messages: messagesOf(communities),
  }));
  const dynamic = unnamed === undefined ? [] : [unnamed];
  return {
    overlays,
    base: ofBase,
    unnamed:
      unnamed === undefined
        ? undefined
        : { version: unnamed.version, communities: dynamic, messages: messagesOf(dynamic) },
  };
}

type ByName = ReadonlyMap<string, Community>;

const COMMUNITY_ID_DIGITS = 40;

const NO_MESSAGES: MessagesById = new Map();

/** From the community up to the base. Unknown parents and circles end the way. */
function lineOf(community: Community, byName: ByName): readonly Community[] {
  const line = new Set<Community>();
  let one: Community | undefined = community;
  while (one !== undefined && !line.has(one)) {
    line.add(one);
    one = byName.get(one.parent ?? BASE_COMMUNITY);
  }
  return [...line];
}

function communityIdOf(community: Community, byName: ByName): string | undefined {
  for (const { identity } of lineOf(community, byName)) {
    if (identity.kind === 'fixed') return identity.communityId;
    if (identity.kind !== 'inherited') return undefined;
  }
  return undefined;
}

/** Nearest first: an override stands in a community below what it overrides. */
function messagesById(
  lines: readonly (readonly Community[])[],
  declarations: Declarations,
): MessagesById {
  const messages = new Map<number, DeclaredMessage[]>();
  const seen = new Set<Message>();
  const deepest = Math.max(...lines.map((line) => line.length));
  for (let height = deepest; height > 0; height--) {
    for (const community of lines.flatMap((line) => line.at(-height) ?? [])) {
      for (const message of community.messages) {
        if (seen.has(message)) continue;
        seen.add(message);
        const declared = { community, message, declarations };
        messages.set(message.id, [...(messages.get(message.id) ?? []), declared]);
      }
    }
  }
  return messages;
}
