/** A message → the function that sends it. */
import type { Message } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { classFields, generatedFrom, initType } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { createNames, lowerFirst, upperFirst } from './names.ts';
import { call, printBraces, printExpression, printParameters } from './print.ts';
import { sizeText } from './wire-text.ts';

/** `export function sendClock(…)`. */
export function printSend(message: Message, scope: ModuleScope): string {
  const className = scope.className(message.name, scope.module.path);
  const fields = classFields(message.fields);
  const locals = createNames(['sender', 'to', 'options'], scope.declared);
  const init = locals.take(lowerFirst(message.name));
  const parameters = [`sender: ${scope.runtime('Sender')}`, `to: ${scope.runtime('Destination')}`];
  if (fields.length > 0) parameters.push(initParameter(init, initType(className, fields, scope)));
  if (message.isTimed) parameters.push(`options?: ${scope.runtime('TimedSendOptions')}`);
  const name = scope.topName(`send${upperFirst(message.name)}`);
  const head = printParameters('', {
    head: `export function ${name}`,
    entries: parameters,
    tail: ' {',
  });
  const made = call(`new ${className}`, ...(fields.length === 0 ? [] : [init]));
  const values = ['to', className, made, ...(message.isTimed ? ['options'] : [])];
  const size = sizeText(scope.layout.ofFields(message.fields));
  const doc = docComment('', [sendDoc(message), size, generatedFrom('message', message)]);
  const sending = printExpression('  ', call('return sender.send', ...values), ';');
  return `${doc}${head}\n${sending}\n}\n`;
}

/** A parameter with fields, broken over lines when a line of its own does not hold it. */
export function initParameter(name: string, entries: readonly string[]): string {
  const text = printBraces('  ', { head: `${name}: `, entries, tail: ',' }, ';');
  return text.trimStart().slice(0, -1);
}

function sendDoc(message: Message): string {
  const { doc, name } = message;
  if (doc === '') return `Sends ${name}.`;
  return `Sends ${name}: ${inSentence(doc)}`;
}

/** A sentence behind a colon: a second capital is an acronym's, which stays as it is. */
export function inSentence(doc: string): string {
  return /^.[A-Z]/.test(doc) ? doc : lowerFirst(doc);
}
