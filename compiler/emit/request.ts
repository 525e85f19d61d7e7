/** A request → the value that the runtime reads, and the function that asks. */
import type { Field } from '../ir/model.ts';
import type { IntegerType } from '../ir/wire-type.ts';
import { docComment } from './doc-comment.ts';
import { classFields, generatedFrom, initType } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { camelCase, createNames, lowerFirst, upperFirst } from './names.ts';
import {
  call,
  expandBraces,
  printAssignment,
  printExpression,
  printParameters,
  quote,
} from './print.ts';
import { sizeText } from './wire-text.ts';
import type { ProtocolMessage, ProtocolRequest } from './protocol-messages.ts';
import { initParameter, inSentence } from './send.ts';

/** True when the request travels in datagrams of its own, as what send functions send does. */
export function isBySocket({ question, answer }: ProtocolRequest): boolean {
  return [question, answer].every(({ message }) => message.via.includes('socket'));
}

/** The object that describes the request, from its brace to its brace. */
export function printRequestType(
  indent: string,
  request: ProtocolRequest,
  parts: { readonly head: string; readonly tail: string; readonly scope: ModuleScope },
): string {
  const { question, answer } = request;
  const { by, name, retries, timeoutMs } = request.request;
  const { head, scope, tail } = parts;
  const property = (text: string, value: string): string =>
    printAssignment(`${indent}  `, `${text}:`, value, ',').trimStart().slice(0, -1);
  const entries = [
    property('name', quote(name)),
    property('question', scope.className(question.message.name, question.path)),
    property('answer', scope.className(answer.message.name, answer.path)),
    property('askedBy', quote(propertyOf(question, by))),
    property('answeredBy', quote(propertyOf(answer, by))),
    `ids: ${printIds([fieldOf(question, by), fieldOf(answer, by)])}`,
    `timeoutMs: ${timeoutMs}`,
    `retries: ${retries}`,
  ];
  return expandBraces(indent, { head, entries, tail }, ',');
}

/** A constant with the request, for its function and the protocol. */
export function printRequestConstant(
  name: string,
  request: ProtocolRequest,
  scope: ModuleScope,
): string {
  const tail = ` as const satisfies ${scope.runtime('RequestType')};`;
  return `${printRequestType('', request, { head: `const ${name} = `, tail, scope })}\n`;
}

/** The function that asks; `constant` is the name of the request's constant. */
export function printRequestFunction(
  constant: string,
  request: ProtocolRequest,
  scope: ModuleScope,
): string {
  const { question } = request;
  const { by, name } = request.request;
  const className = scope.className(question.message.name, question.path);
  const fields = classFields(question.message.fields).filter(({ field }) => field.name !== by);
  const locals = createNames(['requester', 'to', 'options'], scope.declared);
  const init = locals.take(lowerFirst(question.message.name));
  const parameters = [
    `requester: ${scope.runtime('Requester')}`,
    `to: ${scope.runtime('Destination')}`,
    ...(fields.length === 0 ? [] : [initParameter(init, initType(className, fields, scope))]),
    `options?: ${scope.runtime('RequestOptions')}`,
  ];
  const head = printParameters('', {
    head: `export function ${scope.topName(`request${upperFirst(camelCase(name))}`)}`,
    entries: parameters,
    tail: ' {',
  });
  const values = ['to', constant, fields.length === 0 ? '{}' : init, 'options'];
  const asking = printExpression('  ', call('return requester.request', ...values), ';');
  return `${requestDoc(request, scope)}${head}\n${asking}\n}\n`;
}

function requestDoc({ answer, question, request }: ProtocolRequest, scope: ModuleScope): string {
  const asks = `Asks with ${question.message.name} for ${answer.message.name}`;
  const { doc, retries, timeoutMs } = request;
  const again =
    retries === 0 ? '' : `, and asks again ${retries === 1 ? 'once' : `${retries} times`}`;
  return docComment('', [
    doc === '' ? `${asks}.` : `${asks}: ${inSentence(doc)}`,
    `Waits ${timeoutMs % 1_000 === 0 ? `${timeoutMs / 1_000} s` : `${timeoutMs} ms`}${again}.`,
    sizeText(scope.layout.ofFields(question.message.fields)),
    generatedFrom('request', request),
  ]);
}

function fieldOf({ message }: ProtocolMessage, name: string): Field | undefined {
  return message.fields.find((field) => field.name === name);
}

function propertyOf({ message }: ProtocolMessage, name: string): string {
  const found = classFields(message.fields).find(({ field }) => field.name === name);
  return found?.property ?? name;
}

/** The numbers that fit all fields: small integers as numbers, 64-bit ones as big ones. */
function printIds(fields: readonly (Field | undefined)[]): string {
  const types = fields.flatMap((field) => (field?.type.kind === 'integer' ? [field.type] : []));
  const ranges = types.map(rangeOf);
  const min = ranges.map((range) => range.min).reduce((a, b) => (a > b ? a : b), -(2n ** 63n));
  const max = ranges.map((range) => range.max).reduce((a, b) => (a < b ? a : b), 2n ** 64n);
  const suffix = types.some(({ bits }) => bits === 64) ? 'n' : '';
  return `{ min: ${min}${suffix}, max: ${max}${suffix} }`;
}

function rangeOf({ bits, isSigned, range }: IntegerType): { min: bigint; max: bigint } {
  if (range !== undefined) return range;
  const size = 2n ** BigInt(bits);
  return isSigned ? { min: -size / 2n, max: size / 2n - 1n } : { min: 0n, max: size - 1n };
}
