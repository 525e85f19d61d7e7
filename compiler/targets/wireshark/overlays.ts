/** What prefixes and ids stand for, and which messages answer which. */
import type { Community, Model } from '../../ir/model.ts';
import {
  BASE_COMMUNITY,
  communitiesOf,
  createProtocols,
  type MessagesById,
} from '../../wire/protocols.ts';
import { messageKey } from './declarations.ts';
import { quote } from './lua-text.ts';

/** A request of a community, with the communities that declare its messages. */
export type Pairing = {
  readonly name: string;
  readonly request: string;
  readonly response: string;
  readonly by: string;
};

/** The keys that a model's declarations have in the file's tables. */
export type KeyPrefix = (community: Community) => { readonly prefix: string };

/** All requests of the model whose messages are found. */
export function pairingsOf(model: Model): readonly Pairing[] {
  const communities = communitiesOf(model);
  const byName = new Map(communities.map((one) => [one.name, one]));
  const keyOf = (start: Community, message: string): string | undefined => {
    const seen = new Set<Community>();
    for (let one: Community | undefined = start; one !== undefined && !seen.has(one);) {
      seen.add(one);
      if (one.messages.some(({ name }) => name === message)) return `${one.name}.${message}`;
      one = byName.get(one.parent ?? BASE_COMMUNITY);
    }
    return undefined;
  };
  return communities.flatMap((community) =>
    community.requests.flatMap(({ by, name, ...messages }) => {
      const request = keyOf(community, messages.request);
      const response = keyOf(community, messages.response);
      if (request === undefined || response === undefined) return [];
      return [{ name: `${community.name}.${name}`, request, response, by }];
    }),
  );
}

/** The tables of overlays and pairs. */
export function overlaysText(model: Model, base: Model | undefined, prefixOf: KeyPrefix): string {
  const protocols = createProtocols(model, { base, unnamed: undefined });
  const parts = [
    protocols.base.size === 0
      ? []
      : [
          '-- Messages of every community.',
          ...messageLines(protocols.base, prefixOf).map((line) => `base_messages${line}`),
        ],
    [
      'local function with_base(own)',
      '  for id, candidates in pairs(base_messages) do own[id] = own[id] or candidates end',
      '  return own',
      'end',
    ],
    ...protocols.overlays.map(({ communities, communityId, messages, version }) => {
      const prefix = quote(`${versionBytes(version)}${communityId}`);
      const name = quote(communities[0]?.name ?? '');
      return [
        `-- ${communities.map((one) => one.name).join(', ')}`,
        `overlays[${prefix}] = { name = ${name}, messages = with_base(${table(messages, protocols.base, prefixOf)}) }`,
      ];
    }),
    ...communitiesOf(model)
      .filter(({ identity }) => identity.kind === 'dynamic')
      .map((community) => {
        const { base: shared, unnamed } = createProtocols(model, { base, unnamed: community });
        const messages: MessagesById = unnamed?.messages ?? new Map();
        const name = quote(community.name);
        return [
          `-- ${community.name}: its id is made when it is started.`,
          `dynamic[${name}] = {`,
          `  name = ${name}, version = ${quote(versionBytes(community.version))},`,
          `  messages = with_base(${table(messages, shared, prefixOf)}),`,
          '}',
        ];
      }),
    pairingsOf(model).map(
      ({ by, name, request, response }) =>
        `pair(${[name, request, response, by].map(quote).join(', ')})`,
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The bytes in front of a community's id. */
function versionBytes(version: number): string {
  return `00${version.toString(16).padStart(2, '0')}`;
}

function messageLines(messages: MessagesById, prefixOf: KeyPrefix): readonly string[] {
  return [...messages]
    .sort(([one], [other]) => one - other)
    .map(([id, candidates]) => {
      const keys = candidates.map(({ community, message }) =>
        messageKey(community, message, prefixOf(community)),
      );
      return `[${id}] = { ${keys.join(', ')} }`;
    });
}

/** Only what is not as it is in every community. */
function table(messages: MessagesById, shared: MessagesById, prefixOf: KeyPrefix): string {
  const own = new Map(
    [...messages].filter(([id, candidates]) => {
      const others = shared.get(id) ?? [];
      return (
        candidates.length !== others.length ||
        candidates.some(({ message }, at) => message !== others[at]?.message)
      );
    }),
  );
  if (own.size === 0) return '{}';
  return `{\n${messageLines(own, prefixOf)
    .map((line) => `  ${line},\n`)
    .join('')}}`;
}
