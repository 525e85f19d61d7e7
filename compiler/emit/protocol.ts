/** A community → its protocol constant, its handlers' type, and one send function per message. */
import type { Community, Message } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { classFields, initType } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { createNames, handlerName, lowerFirst } from './names.ts';
import {
  call,
  expandBraces,
  printExpression,
  printAssignment,
  printBraces,
  printParameters,
  quote,
  WIDTH,
} from './print.ts';

/** The name of a community's protocol constant. */
export function protocolName(community: string): string {
  return `${lowerFirst(community)}Protocol`;
}

/** A message and the module that declares it. */
export type ProtocolMessage = { readonly message: Message; readonly path: string };

/** From here on, ids are of the introduction protocol, which the runtime speaks for every overlay. */
const INTRODUCTION_ID_MIN = 231;

/**
 * The messages a community's handlers answer: its parents' first, then its own, but one that
 * overrides a parent's in front of that one, since of two with one id the first is tried first.
 * Inherited messages of the introduction protocol are the runtime's to answer.
 */
export function protocolMessages(
  community: Community,
  find: (name: string) => Community | undefined,
): readonly ProtocolMessage[] {
  const parent = community.parent === undefined ? undefined : find(community.parent);
  const inherited = parent === undefined ? [] : protocolMessages(parent, find).filter(isAnswered);
  const { path } = community.place;
  const messages = [...inherited];
  for (const message of community.messages) {
    const at = messages.findIndex((one) => one.message.name === message.overrides);
    messages.splice(at < 0 ? messages.length : at, 0, { message, path });
  }
  return messages;
}

function isAnswered({ message }: ProtocolMessage): boolean {
  return message.id < INTRODUCTION_ID_MIN || message.overrides !== undefined;
}

/** Protocol, handlers' type and send functions, with blank lines between. */
export function printCommunity(community: Community, scope: ModuleScope): string {
  const parts = [printProtocol(community, scope)];
  for (const message of community.messages) {
    if (message.via.includes('socket')) parts.push(printSend(message, scope));
  }
  return parts.join('\n');
}

function printProtocol(community: Community, scope: ModuleScope): string {
  const name = scope.topName(protocolName(community.name));
  const id = communityId(community, scope);
  const messages = protocolMessages(community, scope.communities).map(({ message, path }) => {
    const key = handlerName(message.name);
    const className = scope.className(message.name, path);
    return key === className
      ? key
      : printAssignment('    ', `${key}:`, className, ',').trimStart().slice(0, -1);
  });
  const parts = { head: 'messages: ', entries: messages, tail: ',' };
  const braces =
    messages.length > 1 ? expandBraces('  ', parts, ',') : printBraces('  ', parts, ',');
  const entries = [
    `name: ${quote(community.name)}`,
    `communityId: ${id === undefined ? 'undefined' : quote(id)}`,
    `version: ${community.version}`,
    braces.trimStart().slice(0, -1),
  ];
  const tail = ` as const satisfies ${scope.runtime('Protocol')};`;
  const text = expandBraces('', { head: `export const ${name} = `, entries, tail }, ',');
  const handlers = scope.topName(`${community.name}Handlers`);
  const generic = `export type ${handlers} = ${scope.runtime('Handlers')}<`;
  const oneLine = `${generic}typeof ${name}>;\n`;
  const type = oneLine.length <= WIDTH + 1 ? oneLine : `${generic}\n  typeof ${name}\n>;\n`;
  const handlersDoc = docComment('', [`One handler per message of ${community.name}.`]);
  return `${docComment('', [community.doc])}${text}\n\n${handlersDoc}${type}`;
}

function communityId(community: Community, scope: ModuleScope): string | undefined {
  const { identity, parent } = community;
  if (identity.kind === 'fixed') return identity.communityId.toLowerCase();
  if (identity.kind !== 'inherited' || parent === undefined) return undefined;
  const declaration = scope.communities(parent);
  return declaration === undefined ? undefined : communityId(declaration, scope);
}

function printSend(message: Message, scope: ModuleScope): string {
  const className = scope.className(message.name, scope.module.path);
  const fields = classFields(message.fields);
  const locals = createNames(['sender', 'to', 'options'], scope.declared);
  const init = locals.take(lowerFirst(message.name));
  const parameters = [`sender: ${scope.runtime('Sender')}`, `to: ${scope.runtime('Destination')}`];
  if (fields.length > 0) parameters.push(initParameter(init, initType(className, fields, scope)));
  if (message.isTimed) parameters.push(`options?: ${scope.runtime('TimedSendOptions')}`);
  const name = scope.topName(`send${message.name.charAt(0).toUpperCase()}${message.name.slice(1)}`);
  const head = printParameters('', {
    head: `export function ${name}`,
    entries: parameters,
    tail: ' {',
  });
  const made = call(`new ${className}`, ...(fields.length === 0 ? [] : [init]));
  const values = ['to', className, made, ...(message.isTimed ? ['options'] : [])];
  const doc = docComment('', [sendDoc(message)]);
  const sending = printExpression('  ', call('return sender.send', ...values), ';');
  return `${doc}${head}\n${sending}\n}\n`;
}

/** Broken over lines when a line of its own does not hold it. */
function initParameter(name: string, entries: readonly string[]): string {
  const text = printBraces('  ', { head: `${name}: `, entries, tail: ',' }, ';');
  return text.trimStart().slice(0, -1);
}

function sendDoc(message: Message): string {
  const { doc, name } = message;
  if (doc === '') return `Sends ${name}.`;
  // A second capital is an acronym's, which stays as it is.
  const text = /^.[A-Z]/.test(doc) ? doc : lowerFirst(doc);
  return `Sends ${name}: ${text}`;
}
