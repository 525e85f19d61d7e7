/** Requests → a cache for each, and a method that asks and waits. */
import type { Community, Message } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import { attributesOf, type NamedField } from './payload.ts';
import type { Pairing, Placed } from './roles.ts';
import type { Scope } from './scope.ts';
import { call, docstring, functionHead, IN_CLASS, IN_METHOD, quote, statement } from './text.ts';
import { annotation } from './types.ts';

const DEEPER = `${IN_METHOD}    `;

/** What a question waits in: who was asked, and the future of the answer. */
export function printCache(community: Community, pairing: Pairing, scope: Scope): string {
  const { imports, names } = scope;
  const { answer, question, request } = pairing;
  const name = names.ofCache(community, request.name);
  const payload = scope.from(answer.path, names.ofPayload(answer.message), 'in annotations');
  const asked = asks(question, scope);
  const future = imports.use('asyncio', 'Future');
  return [
    `class ${name}(${imports.use('ipv8.requestcache', 'NumberCache')}):\n`,
    docstring(IN_CLASS, [
      `A question of \`\`${methodOf(community, pairing, scope)}\`\` that waits.`,
    ]),
    `\n${IN_CLASS}name = ${quote(`${community.name}.${request.name}`)}\n\n`,
    functionHead(IN_CLASS, {
      name: '__init__',
      parameters: [
        'self',
        `cache: ${imports.annotate('ipv8.requestcache', 'RequestCache')}`,
        'number: int',
        `asked: ${asked.type}`,
      ],
      result: 'None',
    }),
    docstring(IN_METHOD, ['Wait for an answer with that number.']),
    statement(IN_METHOD, '', call('super().__init__', 'cache', 'self.name', 'number')),
    statement(IN_METHOD, 'self.asked = ', 'asked'),
    statement(IN_METHOD, `self.answer: ${future}[${payload} | None] = `, `${future}()`),
    statement(IN_METHOD, 'self.register_future(self.answer)', ''),
    `\n${IN_CLASS}@property\n`,
    functionHead(IN_CLASS, { name: 'timeout_delay', parameters: ['self'], result: 'float' }),
    docstring(IN_METHOD, ['Seconds to wait.']),
    statement(IN_METHOD, 'return ', pythonFloat(request.timeoutMs / 1000)),
    `\n${functionHead(IN_CLASS, { name: 'on_timeout', parameters: ['self'], result: 'None' })}`,
    docstring(IN_METHOD, ['Leave it to the future, which is None then.']),
  ].join('');
}

/** Who is asked: a peer where messages are signed, else an address. */
function asks({ message }: Placed, scope: Scope): { readonly type: string; readonly name: string } {
  if (message.auth === 'signed') {
    return { type: scope.imports.annotate('ipv8.peer', 'Peer'), name: 'peer' };
  }
  const type = scope.imports.annotate('ipv8.messaging.interfaces.udp.endpoint', 'Address');
  return { type, name: 'address' };
}

/** What a handler calls the one who sent its message. */
export function senderName({ auth }: Message): string {
  return auth === 'signed' ? 'peer' : 'source_address';
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function methodOf(community: Community, { request }: Pairing, scope: Scope): string {
  return `request_${scope.names.ofRequest(community, request.name)}`;
}

/** `async def request_x(self, peer, …)`. */
export function printRequest(community: Community, pairing: Pairing, scope: Scope): string {
  const { names } = scope;
  const { answer, question, request } = pairing;
  const { message } = question;
  const fields = attributesOf(message, scope);
  const taken = new Set(fields.map(({ attribute }) => attribute));
  const asked = asks(question, scope);
  const target = freeName(asked.name, taken);
  const cache = names.ofCache(community, request.name);
  const payload = scope.from(question.path, names.ofPayload(message));
  const number = freeName('number', taken);
  const result = scope.from(answer.path, names.ofPayload(answer.message), 'in annotations');
  const values = fields.map(({ attribute, name }) => (name === request.by ? number : attribute));
  const { max, min } = numbersOf(pairing);
  const local = (name: string): string => freeName(name, taken);
  const [waiting, packet, given] = [local('waiting'), local('packet'), local('answer')];
  const draw = call(
    scope.helper('_free_number'),
    'self.request_cache',
    `${cache}.name`,
    String(min),
    String(max),
  );
  const made = call(payload, ...values);
  const tries = request.retries + 1;
  const address = message.auth === 'signed' ? `${target}.address` : target;
  const times = tries === 2 ? 'once' : `up to ${request.retries} times`;
  const again = tries === 1 ? '' : ` Ask again ${times}.`;
  const doc = [
    request.doc,
    `Wait ${request.timeoutMs / 1000} s for an answer; None when there is none.${again}`,
  ];
  const others = fields.filter(({ name }) => name !== request.by);
  return [
    `\n${functionHead(IN_CLASS, {
      before: 'async ',
      name: methodOf(community, pairing, scope),
      parameters: [`self`, `${target}: ${asked.type}`, ...keywords(message, others, scope)],
      result: `${result} | None`,
    })}`,
    docstring(IN_METHOD, doc),
    statement(IN_METHOD, `${number} = `, draw),
    statement(IN_METHOD, `${packet} = `, packing(message, made, scope)),
    statement(IN_METHOD, `for _ in range(${tries}):`, ''),
    statement(DEEPER, `${waiting} = `, call(cache, 'self.request_cache', number, target)),
    statement(DEEPER, `if self.request_cache.add(${waiting}) is None:`, ''),
    statement(`${DEEPER}    `, 'break', ''),
    statement(DEEPER, '', call('self.endpoint.send', address, packet)),
    statement(DEEPER, `if (${given} := await ${waiting}.answer) is not None:`, ''),
    statement(`${DEEPER}    `, `return ${given}`, ''),
    statement(IN_METHOD, 'return ', 'None'),
  ].join('');
}

/** The packet of a message, signed or not, with the global time or not. */
function packing(message: Message, made: ReturnType<typeof call>, scope: Scope) {
  const parts = [`${message.id}`, ...timePart(message, scope), made];
  return call('self.ezr_pack', ...parts, ...(message.auth === 'signed' ? [] : ['sig=False']));
}

/** The global time that stands in front of a timed message's fields. */
export function timePart({ isTimed }: Message, scope: Scope): readonly ReturnType<typeof call>[] {
  if (!isTimed) return [];
  const header = scope.imports.use(
    'ipv8.messaging.payload_headers',
    'GlobalTimeDistributionPayload',
  );
  return [call(header, 'self.claim_global_time()')];
}

/** Parameters behind a bare `*`, one for each field. */
export function keywords(
  owner: Message,
  fields: readonly NamedField[],
  scope: Scope,
): readonly string[] {
  if (fields.length === 0) return [];
  const parameters = fields.map(({ attribute, name, type }) => {
    return `${attribute}: ${annotation(type, { owner, field: name }, scope)}`;
  });
  return ['*', ...parameters];
}

/** The name, with underscores behind it while a field is called so. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeName(`${wanted}_`, taken) : wanted;
}

/** What a question's handler may return: the answer, none, or a coroutine of either. */
export function answerType({ answer }: Pairing, scope: Scope): string {
  const { imports, names } = scope;
  const coroutine = imports.annotate('collections.abc', 'Coroutine');
  const anything = imports.annotate('typing', 'Any');
  const variable = imports.annotate('typing', 'TypeVar');
  const alias = imports.annotate('typing', 'TypeAlias');
  imports.define(
    `    _T = ${variable}("_T")\n` +
      `    Answer: ${alias} = ${coroutine}[${anything}, ${anything}, _T | None] | _T | None\n`,
  );
  return `Answer[${scope.from(answer.path, names.ofPayload(answer.message), 'in annotations')}]`;
}

/** The numbers that fit the fields of both messages. */
function numbersOf({ answer, question, request }: Pairing): { min: bigint; max: bigint } {
  const ranges = [question, answer].flatMap(({ message }) => {
    const type = message.fields.find(({ name }) => name === request.by)?.type;
    return type === undefined ? [] : [rangeOf(type)];
  });
  return {
    min: ranges.map((range) => range.min).reduce((a, b) => (a > b ? a : b)),
    max: ranges.map((range) => range.max).reduce((a, b) => (a < b ? a : b)),
  };
}

function rangeOf(type: WireType): { min: bigint; max: bigint } {
  if (type.kind !== 'integer') return { min: 0n, max: 255n };
  if (type.range !== undefined) return type.range;
  const size = 2n ** BigInt(type.bits);
  return type.isSigned ? { min: -size / 2n, max: size / 2n - 1n } : { min: 0n, max: size - 1n };
}

/** What a handler of a question does with the answer, and one of an answer with who waits. */
export function printAnswering(pairing: Pairing, message: Message, scope: Scope): string {
  const { request } = pairing;
  const attribute = attributeOf(pairing.answer.message, request.by, scope);
  const asked = attributeOf(pairing.question.message, request.by, scope);
  scope.imports.use('inspect', 'isawaitable');
  const values = [senderName(message), ...timePart(pairing.answer.message, scope)];
  const send =
    message.auth === 'signed'
      ? call('self.ez_send', ...values, 'answer')
      : call('self._ez_senda', ...values, 'answer', 'sig=False');
  return [
    statement(IN_METHOD, 'if isawaitable(answer):', ''),
    statement(DEEPER, 'answer = await answer', ''),
    statement(IN_METHOD, 'if answer is not None:', ''),
    statement(DEEPER, `answer.${attribute} = payload.${asked}`, ''),
    statement(DEEPER, '', send),
  ].join('');
}

/** Gives an answer to the question that waits for it; one that nobody asked for is dropped. */
export function printSettling(pairings: readonly Pairing[], scope: Scope): string {
  return pairings
    .map((pairing, at) => {
      const { answer, community, path, request } = pairing;
      const cache = scope.from(path, scope.names.ofCache(community, request.name));
      const number = `payload.${attributeOf(answer.message, request.by, scope)}`;
      // Caches are of different classes.
      const waiting = at === 0 ? 'waiting' : `waiting${at + 1}`;
      const isAsked = `${waiting}.asked == ${senderName(answer.message)}`;
      return [
        statement(IN_METHOD, `${waiting} = `, call('self.request_cache.get', cache, number)),
        statement(IN_METHOD, `if ${waiting} is not None and ${isAsked}:`, ''),
        statement(DEEPER, '', call('self.request_cache.pop', cache, `${waiting}.number`)),
        statement(DEEPER, `${waiting}.answer.set_result(payload)`, ''),
      ].join('');
    })
    .join('');
}

function attributeOf(message: Message, field: string, scope: Scope): string {
  return attributesOf(message, scope).find(({ name }) => name === field)?.attribute ?? field;
}
