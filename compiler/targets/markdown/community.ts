/** A community: its identity, its messages with their bytes, and which answers which. */
import type { Community, Message, Request } from '../../ir/model.ts';
import { DATAGRAM_BUDGET, type PacketSizes } from '../../ir/packet-size.ts';
import { cell, type FieldsContext, fieldsTable, prose, sizeText, table } from './fields.ts';
import { anchor, code } from './links.ts';

/** What a community's part of a page is made with. */
export type CommunityContext = FieldsContext & {
  readonly sizes: PacketSizes;
  /** A link to a message of the community or its ancestors. */
  readonly linkMessage: (community: Community, name: string) => string;
};

export function communityText(community: Community, context: CommunityContext): string {
  const { messages, name, requests } = community;
  const parts = [
    `${anchor(name)}\n\n## Community ${name}`,
    prose(community.doc),
    factsOf(community, context),
    messages.length === 0 ? 'No messages of its own.' : overview(community, context),
    ...messages.map((message) => messageText(community, message, context)),
  ];
  if (requests.length > 0) parts.push(requestsText(community, requests, context));
  return parts.filter((part) => part !== '').join('\n\n');
}

function factsOf(community: Community, { link }: CommunityContext): string {
  const { identity, parent, reserved, version } = community;
  const lines = [`- community id: ${identityText(identity)}`, `- version: ${version}`];
  if (parent !== undefined) lines.push(`- extends: ${link(parent)}`);
  for (const { from, owner, to } of reserved) {
    const ids = from === to ? `id ${from}` : `ids ${from} to ${to}`;
    lines.push(`- reserved: ${ids}${owner === undefined ? '' : `, for ${link(owner)}`}`);
  }
  return lines.join('\n');
}

function identityText(identity: Community['identity']): string {
  switch (identity.kind) {
    case 'fixed':
      return code(identity.communityId);
    case 'dynamic':
      return 'given when it is joined';
    case 'inherited':
      return 'that of the community it extends';
    case 'abstract':
      return 'none: it cannot be joined, only extended';
  }
}

function overview(community: Community, context: CommunityContext): string {
  const rows = community.messages.map((message) => [
    String(message.id),
    context.linkMessage(community, message.name),
    message.auth,
    sizeText(context.layout.ofFields(message.fields)),
    cell(message.doc.split('\n')[0] ?? ''),
  ]);
  return table(['id', 'message', '', 'bytes of fields', ''], rows).trimEnd();
}

function messageText(community: Community, message: Message, context: CommunityContext): string {
  const { auth, doc, fields, id, isTimed, name, overrides, via } = message;
  const signed = auth === 'signed' ? 'Signed' : 'Unsigned';
  const time = isTimed ? ', the global time (8 bytes) in front of the fields' : '';
  const ways = via.map((way) => WAYS[way]).join(' and ');
  const lines = [`${signed}${time}; sent ${ways}.`, datagramText(message, context.sizes)];
  if (overrides !== undefined) {
    lines.push(
      `Stands in front of ${context.linkMessage(community, overrides)}, under the same id.`,
    );
  }
  for (const { by, request, response } of community.requests) {
    if (request === name) {
      const answer = context.linkMessage(community, response);
      lines.push(`Answered by ${answer}, paired by ${code(by)}.`);
    }
    if (response === name) lines.push(`Answers ${context.linkMessage(community, request)}.`);
  }
  return [
    `${anchor(community.name, name)}\n\n### ${id} ${name}`,
    prose(doc),
    lines.join('\n'),
    fieldsTable(fields, context).trimEnd(),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const WAYS: Readonly<Record<Message['via'][number], string>> = {
  socket: 'by datagram',
  cell: 'in a cell of a tunnel',
  data: 'through a tunnel',
};

/** On the way where it comes nearest to what a datagram carries. */
function datagramText(message: Message, sizes: PacketSizes): string {
  const { around, budget, payload, route, smallest } = sizes.tightestOf(message);
  const largest = around.max + payload.max;
  const size =
    payload.isOpen || largest !== smallest
      ? `${smallest} to ${payload.isOpen ? budget : largest} bytes`
      : `${smallest} bytes`;
  const key = 'key' in route && route.key !== undefined ? ` with a key of ${route.key}` : '';
  const hops = 'hops' in route ? ` over ${route.hops} hops` : '';
  const over = route.family === 'ipv4' ? 'IPv4' : 'IPv6';
  return `Its datagram${key}${hops}: ${size} of the ${DATAGRAM_BUDGET[route.family]} that ${over} carries uncut.`;
}

function requestsText(
  community: Community,
  requests: readonly Request[],
  context: CommunityContext,
): string {
  const rows = requests.map(({ by, doc, name, request, response, retries, timeoutMs }) => [
    code(name),
    context.linkMessage(community, request),
    context.linkMessage(community, response),
    code(by),
    `${timeoutMs / 1000} s${retries === 0 ? '' : `, asked up to ${retries + 1} times`}`,
    cell(doc),
  ]);
  const head = ['request', 'asks', 'is answered by', 'paired by', 'waits', ''];
  return `### Requests of ${community.name}\n\n${table(head, rows).trimEnd()}`;
}
