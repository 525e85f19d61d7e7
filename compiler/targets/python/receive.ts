/** The methods of a community that take a packet apart and call the author's handler. */
import type { Community, Message } from '../../ir/model.ts';
import { answerType, printAnswering, printSettling, senderName, timePart } from './request.ts';
import type { Roles } from './roles.ts';
import type { Scope } from './scope.ts';
import { call, docstring, functionHead, IN_CLASS, IN_METHOD, statement } from './text.ts';

const LAZY = 'ipv8.lazy_community';
const SERIALIZATION = 'ipv8.messaging.serialization';
const ENDPOINT = 'ipv8.messaging.interfaces.udp.endpoint';
const HEADERS = 'ipv8.messaging.payload_headers';

/** How a handler is called. */
export type Shape = {
  /** `peer: Peer`, `dist: …`, `payload: …`. */
  readonly parameters: readonly string[];
  readonly values: readonly string[];
  /** What it returns; importing that. */
  readonly result: () => string;
};

/** How the handler of a message is called, in the generated class and in the author's. */
export function shapeOf(
  message: Message,
  { path, roles, scope }: { path: string; roles: Roles; scope: Scope },
): Shape {
  const { imports, names } = scope;
  const isSigned = message.auth === 'signed';
  const who = isSigned
    ? `peer: ${imports.annotate('ipv8.peer', 'Peer')}`
    : `source_address: ${imports.annotate(ENDPOINT, 'Address')}`;
  const payload = scope.from(path, names.ofPayload(message), 'in annotations');
  const time = message.isTimed
    ? [`dist: ${imports.annotate(HEADERS, 'GlobalTimeDistributionPayload')}`]
    : [];
  const asked = roles.askedIn(message);
  return {
    parameters: [who, ...time, `payload: ${payload}`],
    values: [senderName(message), ...(message.isTimed ? ['dist'] : []), 'payload'],
    result: () => (asked === undefined ? handled(scope) : answerType(asked, scope)),
  };
}

function handled({ imports }: Scope): string {
  const coroutine = imports.annotate('collections.abc', 'Coroutine');
  return `${coroutine}[${imports.annotate('typing', 'Any')}, Any, None] | None`;
}

/** `_receive_x` of a message of the community, or of an ancestor's that answers one of its requests. */
export function printReceive(
  message: Message,
  context: { path: string; roles: Roles; scope: Scope },
): string {
  const { path, roles, scope } = context;
  const name = `_receive_${scope.names.ofMethod(message)}`;
  const payload = scope.from(path, scope.names.ofPayload(message));
  const { parameters, result, values } = shapeOf(message, context);
  if (message.via.includes('cell')) return printCellReceive(name, payload, message, scope);
  const isOverride = message.overrides !== undefined;
  const kind = isOverride ? `_${payload}` : payload;
  const wrapper = message.auth === 'signed' ? 'lazy_wrapper' : 'lazy_wrapper_unsigned';
  const kinds = message.isTimed
    ? [scope.imports.use(HEADERS, 'GlobalTimeDistributionPayload'), kind]
    : [kind];
  const own = isOverride ? name.replace('_receive_', '_read_') : name;
  const handler = call(`self.on_${scope.names.ofMethod(message)}`, ...values);
  const asked = roles.askedIn(message);
  const answered = roles.answeredIn(message);
  const settling = printSettling(answered, scope);
  // An ancestor's handler sees what answers a question here; its own answers have none.
  const isSettled = answered.some((one) => one.path === path && owns(one.community, message));
  const isRead = asked === undefined && isOverride;
  const body = isRead
    ? statement(IN_METHOD, 'handled = ', handler) + awaitHandled(scope)
    : asked !== undefined
      ? statement(IN_METHOD, 'answer = ', handler) + printAnswering(asked, message, scope)
      : `${settling}${isSettled ? '' : statement(IN_METHOD, 'return ', handler)}`;
  const head = functionHead(IN_CLASS, {
    before: asked === undefined && !isOverride ? '' : 'async ',
    name: own,
    parameters: ['self', ...parameters],
    result: asked !== undefined || isRead || isSettled ? 'None' : result(),
  });
  const decorator = call(scope.imports.use(LAZY, wrapper), ...kinds);
  const read = `\n${statement(IN_CLASS, '@', decorator)}${head}${body}`;
  return isOverride ? `${read}${printFallback(name, own, message, scope)}` : read;
}

function owns({ messages }: Community, message: Message): boolean {
  return messages.includes(message);
}

/** A packet out of a cell, or the same by datagram; what stands behind the fields is not looked at. */
function printCellReceive(name: string, payload: string, message: Message, scope: Scope): string {
  const address = scope.imports.annotate(ENDPOINT, 'Address');
  const slug = scope.names.ofMethod(message);
  const unpack = call('self.serializer.unpack_serializable', payload, 'data', 'offset=23');
  return [
    `\n${functionHead(IN_CLASS, {
      before: 'async ',
      name,
      parameters: [
        'self',
        `source_address: ${address}`,
        'data: bytes',
        '_circuit_id: int | None = None',
      ],
      result: 'None',
    })}`,
    statement(IN_METHOD, 'payload, _ = ', unpack),
    statement(IN_METHOD, 'handled = ', call(`self.on_${slug}`, 'source_address', 'payload')),
    statement(IN_METHOD, 'if handled is not None:', ''),
    statement(`${IN_METHOD}    `, 'await handled', ''),
  ].join('');
}

/**
 * Tries the message, and hands it to what it stands in front of when it cannot be read as that. Only
 * reading is tried: the handler runs when the coroutine is awaited.
 */
function printFallback(name: string, read: string, message: Message, scope: Scope): string {
  const address = scope.imports.annotate(ENDPOINT, 'Address');
  const behind = `self._behind_${scope.names.ofMethod(message)}`;
  const deeper = `${IN_METHOD}    `;
  return [
    `\n${functionHead(IN_CLASS, {
      before: 'async ',
      name,
      parameters: ['self', `source_address: ${address}`, 'data: bytes'],
      result: 'None',
    })}`,
    statement(IN_METHOD, 'try:', ''),
    statement(deeper, 'handled = ', call(`self.${read}`, 'source_address', 'data')),
    statement(IN_METHOD, `except ${scope.imports.use(SERIALIZATION, 'PackError')}:`, ''),
    statement(deeper, `if ${behind} is None:`, ''),
    statement(`${deeper}    `, 'return', ''),
    statement(deeper, 'handled = ', call(behind, 'source_address', 'data')),
    awaitHandled(scope),
  ].join('');
}

function awaitHandled({ imports }: Scope): string {
  const isAwaitable = imports.use('inspect', 'isawaitable');
  return [
    statement(IN_METHOD, `if ${isAwaitable}(handled):`, ''),
    statement(`${IN_METHOD}    `, 'await handled', ''),
  ].join('');
}

/** `on_x`, which the author's class has to have. */
export function printHandler(
  message: Message,
  context: { path: string; roles: Roles; scope: Scope },
): string {
  const { scope } = context;
  const { parameters, result } = shapeOf(message, context);
  const asked = context.roles.askedIn(message);
  const doc =
    asked === undefined
      ? `Handle ${message.name}.`
      : `Answer ${message.name}, or give None; the number is filled in.`;
  return [
    `\n${IN_CLASS}@${scope.imports.use('abc', 'abstractmethod')}\n`,
    functionHead(IN_CLASS, {
      name: `on_${scope.names.ofMethod(message)}`,
      parameters: ['self', ...parameters],
      result: result(),
    }),
    docstring(IN_METHOD, [doc, message.doc]),
  ].join('');
}

/** A message's values as its parts in a packet: the global time in front of a timed one. */
export function sentParts(message: Message, payload: ReturnType<typeof call>, scope: Scope) {
  return [...timePart(message, scope), payload];
}
