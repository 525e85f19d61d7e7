/** A community → a class that has a handler registered for every message, for its author to extend. */
import type { Community, Message, Model } from '../../ir/model.ts';
import { attributesOf, constantText } from './payload.ts';
import { printHandler, printReceive, sentParts } from './receive.ts';
import { freeName, keywords, printCache, printRequest } from './request.ts';
import { isIntroduction, type Pairing, type Roles, rolesOf } from './roles.ts';
import { parentOf, type Scope } from './scope.ts';
import { call, docstring, functionHead, IN_CLASS, IN_METHOD, statement } from './text.ts';

/** What a community is printed with. */
type Context = ModuleContext & { readonly roles: Roles };

type ModuleContext = {
  readonly scope: Scope;
  readonly model: Model;
  /** True when the module has an `add_packers`. */
  readonly hasPackers: boolean;
};

/** The caches of a community's requests, and its class: parts of a module. */
export function printCommunity(community: Community, context: ModuleContext): string[] {
  const { model, scope } = context;
  // py-ipv8's own `Community` is what a schema of the introduction protocol describes.
  if (isIntroductionItself(community)) return [];
  const roles = rolesOf(community, model);
  return [
    ...printSettings(community, scope),
    ...roles.pairings.map((pairing) => printCache(community, pairing, scope)),
    ...community.messages
      .filter(({ overrides }) => overrides !== undefined)
      .map((message) => printStrict(message, scope)),
    printBase(community, { ...context, roles }),
  ];
}

/** True for a community that is nothing but what py-ipv8's `Community` is. */
export function isIntroductionItself({ identity, messages }: Community): boolean {
  return identity.kind === 'abstract' && messages.every(isIntroduction) && messages.length > 0;
}

function printBase(community: Community, context: Context): string {
  const { scope } = context;
  const { doc, messages, name } = community;
  const handled = messages.filter((message) => !isIntroduction(message));
  const path = scope.module.path;
  const answers = inheritedAnswers(community, context.roles.pairings);
  const withHandler = handled.filter((one) => context.roles.answeredIn(one).length === 0);
  return [
    `class ${scope.names.ofBase(community)}(${parentName(community, scope)}):\n`,
    docstring(IN_CLASS, [
      doc === '' ? `The community ${name}.` : doc,
      withHandler.length === 0 ? '' : 'Extend it, and say what is done with each message.',
    ]),
    printIdentity(community, scope),
    printInit(community, handled, context),
    printSerializer(community, context),
    printUnload(community, context),
    ...withHandler.map((message) => printHandler(message, { ...context, path })),
    ...handled.map((message) => printSend(message, context)),
    ...context.roles.pairings.map((pairing) => printRequest(community, pairing, scope)),
    printCells(community, context),
    ...handled.map((message) => printReceive(message, { ...context, path })),
    ...answers.map((one) => {
      return printReceive(one.message, { ...context, path: one.path });
    }),
  ].join('');
}

function inheritedAnswers({ messages }: Community, pairings: readonly Pairing[]) {
  const answers = pairings.map(({ answer }) => answer);
  const first = new Map(answers.map((answer) => [answer.message, answer]));
  return [...first.values()].filter(({ message }) => !messages.includes(message));
}

function parentName(community: Community, scope: Scope): string {
  const parent = parentOf(community, scope);
  if (parent === undefined || isIntroductionItself(parent)) {
    return scope.imports.use('ipv8.community', 'Community');
  }
  return scope.from(parent.place.path, scope.names.ofBase(parent));
}

function printIdentity(community: Community, scope: Scope): string {
  const { identity, parent, version } = community;
  const lines: string[] = [];
  if (identity.kind === 'dynamic') {
    const name = settingsOf(community, scope);
    lines.push(statement(IN_CLASS, 'settings_class = ', name));
  }
  if (identity.kind === 'fixed') {
    const id = call('bytes.fromhex', `"${identity.communityId}"`);
    lines.push(statement(IN_CLASS, 'community_id = ', id));
  }
  // Two is py-ipv8's; one that shares an identity shares the version too.
  const isInherited = identity.kind === 'inherited' && parent !== undefined;
  if (version !== 2 && !isInherited) {
    const byte = `b"\\x${version.toString(16).padStart(2, '0')}"`;
    lines.push(statement(IN_CLASS, 'version = ', byte));
  }
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}

/** Settings with the id of a community whose schema has none. */
function printSettings(community: Community, scope: Scope): string[] {
  if (community.identity.kind !== 'dynamic') return [];
  const name = scope.names.ofSettings(community);
  const base = scope.imports.use('ipv8.community', 'CommunitySettings');
  const doc = 'Settings of a community that is told its id when it starts.';
  const body = `${IN_CLASS}community_id: bytes\n`;
  return [`class ${name}(${base}):\n${docstring(IN_CLASS, [doc])}\n${body}`];
}

/** The class of the settings: one of its own where it, or what it extends, is told its id. */
function settingsOf(community: Community, scope: Scope): string {
  for (let one: Community | undefined = community; one !== undefined; one = parentOf(one, scope)) {
    if (one.identity.kind === 'dynamic') {
      return scope.from(one.place.path, scope.names.ofSettings(one), 'in annotations');
    }
  }
  return scope.imports.annotate('ipv8.community', 'CommunitySettings');
}

function printInit(community: Community, handled: readonly Message[], context: Context): string {
  const { scope } = context;
  const { names } = scope;
  const isDynamic = community.identity.kind === 'dynamic';
  const lines: string[] = [];
  const add = (start: string, value: Parameters<typeof statement>[2]) =>
    lines.push(statement(IN_METHOD, start, value));
  if (ownsCache(community, context)) {
    add('self.request_cache = ', call(scope.imports.use('ipv8.requestcache', 'RequestCache')));
  }
  const cells = handled.filter(({ via }) => via.includes('cell'));
  if (ownsCells(community, scope)) {
    const address = scope.imports.annotate('ipv8.messaging.interfaces.udp.endpoint', 'Address');
    scope.imports.annotate('collections.abc', 'Callable');
    scope.imports.annotate('collections.abc', 'Coroutine');
    scope.imports.annotate('typing', 'Any');
    scope.imports.annotate('typing', 'TypeAlias');
    scope.imports.define(
      `    CellHandler: TypeAlias = Callable[\n` +
        `        [${address}, bytes, int | None], Coroutine[Any, Any, None]\n    ]\n`,
    );
    add('self.decode_map_private: dict[int, CellHandler] = ', '{}');
  }
  for (const message of handled) {
    const receive = `self._receive_${names.ofMethod(message)}`;
    const payload = names.ofPayload(message);
    if (message.overrides !== undefined) {
      add(`self._behind_${names.ofMethod(message)} = `, `self.decode_map[${message.id}]`);
      add(`self.decode_map[${message.id}] = `, receive);
    } else if (message.via.some((way) => way !== 'cell')) {
      add('', call('self.add_message_handler', payload, receive));
    }
    if (cells.includes(message)) {
      add('', call('self.add_cell_handler', payload, receive));
    }
  }
  if (lines.length === 0 && !isDynamic) return '';
  const settings = settingsOf(community, scope);
  return [
    `\n${functionHead(IN_CLASS, {
      name: '__init__',
      parameters: ['self', `settings: ${settings}`],
      result: 'None',
    })}`,
    docstring(IN_METHOD, ['Register what takes each message apart.']),
    // An author's class may have one of its own; without any, py-ipv8 says so.
    isDynamic ? statement(IN_METHOD, 'if hasattr(settings, "community_id"):', '') : '',
    isDynamic ? statement(`${IN_METHOD}    `, 'self.community_id = ', 'settings.community_id') : '',
    statement(IN_METHOD, '', call('super().__init__', 'settings')),
    ...lines,
  ].join('');
}

/** True where no ancestor has a cache already. */
function ownsCache(community: Community, { model, roles, scope }: Context): boolean {
  if (roles.pairings.length === 0) return false;
  for (let one = parentOf(community, scope); one !== undefined; one = parentOf(one, scope)) {
    if (rolesOf(one, model).pairings.length > 0) return false;
  }
  return true;
}

function hasCells({ messages }: Community): boolean {
  return messages.some(({ via }) => via.includes('cell'));
}

function ownsCells(community: Community, scope: Scope): boolean {
  if (!hasCells(community)) return false;
  for (let one = parentOf(community, scope); one !== undefined; one = parentOf(one, scope)) {
    if (hasCells(one)) return false;
  }
  return true;
}

/** As py-ipv8's `TunnelCommunity` keeps handlers of cells; who opens cells calls the other method. */
function printCells(community: Community, { scope }: Context): string {
  if (!ownsCells(community, scope)) return '';
  const address = scope.imports.annotate('ipv8.messaging.interfaces.udp.endpoint', 'Address');
  const kind = scope.imports.use('ipv8.messaging.lazy_payload', 'VariablePayloadWID');
  return [
    `\n${functionHead(IN_CLASS, {
      name: 'add_cell_handler',
      parameters: ['self', `payload: type[${kind}]`, 'handler: CellHandler'],
      result: 'None',
    })}`,
    docstring(IN_METHOD, ['Register what handles a message out of a cell.']),
    statement(IN_METHOD, 'self.decode_map_private[payload.msg_id] = ', 'handler'),
    `\n${functionHead(IN_CLASS, {
      before: 'async ',
      name: 'on_cell_message',
      parameters: ['self', `source_address: ${address}`, 'data: bytes', 'circuit_id: int | None'],
      result: 'None',
    })}`,
    docstring(IN_METHOD, [
      'Handle a message out of a cell: prefix, id and circuit id stand in front of its fields.',
    ]),
    statement(IN_METHOD, 'receive = ', call('self.decode_map_private.get', 'data[22]')),
    statement(IN_METHOD, 'if receive is not None:', ''),
    statement(
      `${IN_METHOD}    `,
      'await ',
      call('receive', 'source_address', 'data', 'circuit_id'),
    ),
  ].join('');
}

function printSerializer(community: Community, { hasPackers, scope }: Context): string {
  // A parent in this module adds them already.
  const parent = parentOf(community, scope);
  const isAdded = parent?.place.path === scope.module.path && !isIntroductionItself(parent);
  if (!hasPackers || isAdded) return '';
  const serializer = scope.imports.annotate('ipv8.messaging.serialization', 'Serializer');
  const add = call('add_packers', call('super().get_serializer'));
  return [
    `\n${functionHead(IN_CLASS, {
      name: 'get_serializer',
      parameters: ['self'],
      result: serializer,
    })}`,
    docstring(IN_METHOD, ['Add the packers of this module.']),
    statement(IN_METHOD, 'return ', add),
  ].join('');
}

function printUnload(community: Community, context: Context): string {
  if (!ownsCache(community, context)) return '';
  return [
    `\n${functionHead(IN_CLASS, {
      before: 'async ',
      name: 'unload',
      parameters: ['self'],
      result: 'None',
    })}`,
    docstring(IN_METHOD, ['Stop waiting for answers.']),
    statement(IN_METHOD, 'await self.request_cache.shutdown()', ''),
    statement(IN_METHOD, 'await super().unload()', ''),
  ].join('');
}

/** `send_x`, for what is neither asked nor answered, and travels in datagrams of its own. */
function printSend(message: Message, { roles, scope }: Context): string {
  const isPaired = roles.askedIn(message) !== undefined || roles.answeredIn(message).length > 0;
  if (isPaired || !message.via.includes('socket')) return '';
  const { imports, names } = scope;
  const fields = attributesOf(message, scope);
  const isSigned = message.auth === 'signed';
  const taken = new Set(fields.map(({ attribute }) => attribute));
  const target = freeName(isSigned ? 'peer' : 'address', taken);
  const type = isSigned
    ? imports.annotate('ipv8.peer', 'Peer')
    : imports.annotate('ipv8.messaging.interfaces.udp.endpoint', 'Address');
  const made = call(names.ofPayload(message), ...fields.map(({ attribute }) => attribute));
  const parts = sentParts(message, made, scope);
  const send = isSigned
    ? call('self.ez_send', target, ...parts)
    : call('self._ez_senda', target, ...parts, 'sig=False');
  return [
    `\n${functionHead(IN_CLASS, {
      name: `send_${names.ofMethod(message)}`,
      parameters: ['self', `${target}: ${type}`, ...keywords(message, fields, scope)],
      result: 'None',
    })}`,
    docstring(IN_METHOD, [`Send ${message.name}.`]),
    statement(IN_METHOD, '', send),
  ].join('');
}

/** A payload that refuses to be read when its constants do not match: another has the same id. */
function printStrict(message: Message, scope: Scope): string {
  const payload = scope.names.ofPayload(message);
  const anything = scope.imports.annotate('typing', 'Any');
  const checks = message.fields.flatMap(({ constant, type }, at) => {
    if (constant === undefined) return [];
    if (constant.kind === 'bool') return [constant.value ? `not args[${at}]` : `args[${at}]`];
    return [`args[${at}] != ${constantText(type, constant)}`];
  });
  return [
    `class _${payload}(${payload}):\n`,
    docstring(IN_CLASS, [`${message.name} with the constants that tell it apart.`]),
    `\n${IN_CLASS}@classmethod\n`,
    functionHead(IN_CLASS, {
      name: 'from_unpack_list',
      parameters: ['cls', `*args: ${anything}`, `**kwargs: ${anything}`],
      result: anything,
    }),
    docstring(IN_METHOD, ['Refuse other constants.']),
    ...checks.flatMap((check) => [
      statement(IN_METHOD, `if ${check}:`, ''),
      statement(`${IN_METHOD}    `, 'msg = ', `"this is another message of the same id"`),
      statement(
        `${IN_METHOD}    `,
        'raise ',
        call(scope.imports.use('ipv8.messaging.serialization', 'PackError'), 'msg'),
      ),
    ]),
    statement(IN_METHOD, 'return ', call('super().from_unpack_list', '*args', '**kwargs')),
  ].join('');
}
