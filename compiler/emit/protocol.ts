/** A community → its protocol constant, its handlers' type, and functions that send and ask. */
import type { Community } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { generatedFrom } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { camelCase, handlerName, lowerFirst, upperFirst } from './names.ts';
import { expandBraces, printAssignment, printBraces, quote, WIDTH } from './print.ts';
import { protocolMessages, type ProtocolRequest, protocolRequests } from './protocol-messages.ts';
import {
  isBySocket,
  printRequestConstant,
  printRequestFunction,
  printRequestType,
} from './request.ts';
import { printSend } from './send.ts';

/** The name of a community's protocol constant. */
export function protocolName(community: string): string {
  return `${lowerFirst(community)}Protocol`;
}

/** Requests, protocol, handlers' type, and functions, with blank lines between. */
export function printCommunity(community: Community, scope: ModuleScope): string {
  const requests = protocolRequests(community, scope.communities).map((request) => ({
    request,
    constant: request.community === community.name ? requestName(request, scope) : undefined,
  }));
  const own = requests.flatMap(({ request, constant }) =>
    constant === undefined ? [] : [{ request, constant }],
  );
  return [
    ...own.map(({ request, constant }) => printRequestConstant(constant, request, scope)),
    printProtocol(community, requests, scope),
    ...community.messages
      .filter(({ via }) => via.includes('socket'))
      .map((message) => printSend(message, scope)),
    ...own
      .filter(({ request }) => isBySocket(request))
      .map(({ request, constant }) => printRequestFunction(constant, request, scope)),
  ].join('\n');
}

function requestName({ community, request }: ProtocolRequest, scope: ModuleScope): string {
  return scope.topName(`${lowerFirst(community)}${upperFirst(camelCase(request.name))}Request`);
}

/** A request of a protocol; one of a parent's has no constant here and is written out. */
type Listed = { readonly request: ProtocolRequest; readonly constant: string | undefined };

function printProtocol(
  community: Community,
  requests: readonly Listed[],
  scope: ModuleScope,
): string {
  const name = scope.topName(protocolName(community.name));
  const id = communityId(community, scope);
  const messages = protocolMessages(community, scope.communities).map(({ message, path }) =>
    printProperty(handlerName(message.name), scope.className(message.name, path)),
  );
  const entries = [
    `name: ${quote(community.name)}`,
    `communityId: ${id === undefined ? 'undefined' : quote(id)}`,
    `version: ${community.version}`,
    printTable('messages', messages),
    ...(requests.length === 0
      ? []
      : [
          printTable(
            'requests',
            requests.map((one) => printListed(one, scope)),
          ),
        ]),
  ];
  const tail = ` as const satisfies ${scope.runtime('Protocol')};`;
  const text = expandBraces('', { head: `export const ${name} = `, entries, tail }, ',');
  const handlers = scope.topName(`${community.name}Handlers`);
  const generic = `export type ${handlers} = ${scope.runtime('Handlers')}<`;
  const oneLine = `${generic}typeof ${name}>;\n`;
  const type = oneLine.length <= WIDTH + 1 ? oneLine : `${generic}\n  typeof ${name}\n>;\n`;
  const rest = requests.length === 0 ? '' : ' Answers to requests have none.';
  const place = generatedFrom('community', community);
  const handlersDoc = docComment('', [
    `One handler per message of ${community.name}.${rest}`,
    place,
  ]);
  return `${docComment('', [community.doc, place])}${text}\n\n${handlersDoc}${type}`;
}

function printTable(name: string, entries: readonly string[]): string {
  const parts = { head: `${name}: `, entries, tail: ',' };
  const braces =
    entries.length > 1 ? expandBraces('  ', parts, ',') : printBraces('  ', parts, ',');
  return braces.trimStart().slice(0, -1);
}

function printListed({ constant, request }: Listed, scope: ModuleScope): string {
  const key = handlerName(request.question.message.name);
  if (constant !== undefined) return printProperty(key, constant);
  const parts = { head: `${key}: `, tail: '', scope };
  return printRequestType('    ', request, parts).trimStart();
}

function printProperty(key: string, value: string): string {
  return key === value
    ? key
    : printAssignment('    ', `${key}:`, value, ',').trimStart().slice(0, -1);
}

function communityId(community: Community, scope: ModuleScope): string | undefined {
  const { identity, parent } = community;
  if (identity.kind === 'fixed') return identity.communityId.toLowerCase();
  if (identity.kind !== 'inherited' || parent === undefined) return undefined;
  const declaration = scope.communities(parent);
  return declaration === undefined ? undefined : communityId(declaration, scope);
}
