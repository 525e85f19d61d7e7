/** A struct or message → its class: readonly fields, a constructor, and the codec. */
import { typeText } from '../ir/type-text.ts';
import type { Field, Message, Place, Struct } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { docComment } from './doc-comment.ts';
import { decodeConstant, decodeValue } from './field-decoding.ts';
import { encodeConstant, encodeValue } from './field-encoding.ts';
import { fieldType } from './field-types.ts';
import type { ModuleScope } from './module-scope.ts';
import { createNames, propertyNames } from './names.ts';
import {
  breakType,
  expandBraces,
  type Expression,
  flat,
  printAssignment,
  printBraces,
  printParameters,
  quote,
} from './print.ts';
import { sizeText } from './wire-text.ts';

/** A field that is in the class: constants are not. */
export type ClassField = { readonly field: Field; readonly property: string };

/** The fields a class has, with their property names. */
export function classFields(fields: readonly Field[]): readonly ClassField[] {
  const variable = fields.filter((field) => field.constant === undefined);
  const properties = propertyNames(variable.map((field) => field.name));
  return variable.map((field, at) => ({ field, property: properties[at] ?? field.name }));
}

/** `@generated from message Clock (schemas/lamport.ipv8:5)`. */
export function generatedFrom(what: string, declared: { name: string; place: Place }): string {
  const { path, line } = declared.place;
  return `@generated from ${what} ${declared.name} (${path}:${line})`;
}

/** The class of a struct. */
export function printStructClass(struct: Struct, scope: ModuleScope): string {
  const name = scope.className(struct.name, struct.place.path);
  const size = sizeText(scope.layout.ofFields(struct.fields));
  const doc = docComment('', [struct.doc, size, generatedFrom('struct', struct)]);
  const statics = `  static readonly messageName = ${quote(struct.name)};\n`;
  return `${doc}${printClass(name, statics, struct.fields, scope)}`;
}

/** The class of a message. */
export function printMessageClass(message: Message, scope: ModuleScope): string {
  const name = scope.className(message.name, scope.module.path);
  const size = sizeText(scope.layout.ofFields(message.fields));
  const auth = message.auth === 'signed' ? 'Signed.' : 'Unsigned.';
  const overrides = message.overrides === undefined ? '' : ` Overrides ${message.overrides}.`;
  const facts = `${size} ${auth}${message.isTimed ? ' Timed.' : ''}${overrides}`;
  const doc = docComment('', [message.doc, facts, generatedFrom('message', message)]);
  const statics =
    `  static readonly messageName = ${quote(message.name)};\n` +
    `  static readonly id = ${message.id};\n` +
    `  static readonly auth = '${message.auth}';\n` +
    `  static readonly isTimed = ${message.isTimed};\n`;
  return `${doc}${printClass(name, statics, message.fields, scope)}`;
}

/**
 * The object type a class is made from: `{ readonly clock: number }`, with `indent` before its
 * closing brace.
 */
export function initType(className: string, fields: readonly ClassField[], scope: ModuleScope) {
  return fields.map(({ field, property }) => {
    // A type of several lines is written once, at the field.
    const text = fieldType(field.type, scope, '');
    const type = text.includes('\n') ? `${className}[${quote(property)}]` : text;
    return `readonly ${property}: ${type}`;
  });
}

function printClass(
  name: string,
  statics: string,
  fields: readonly Field[],
  scope: ModuleScope,
): string {
  const own = classFields(fields);
  const members: Members = {
    fields,
    properties: new Map(own.map((one) => [one.field, one.property])),
  };
  const properties = own.map((one) => printField(one, scope)).join('\n');
  const parts = [
    statics,
    ...(own.length === 0 ? [] : [properties, printConstructor(name, own, scope)]),
    printEncode(name, members, scope),
    printDecode(name, members, scope),
  ];
  return `export class ${name} {\n${parts.join('\n')}}\n`;
}

/** All fields, and the properties of those that are in the class. */
type Members = {
  readonly fields: readonly Field[];
  readonly properties: ReadonlyMap<Field, string>;
};

function printField({ field, property }: ClassField, scope: ModuleScope): string {
  const width =
    'enumName' in field.type || 'flagsName' in field.type ? ` (u${field.type.bits})` : '';
  const wire = `${typeText(field.type)}${width}`;
  const lines =
    field.doc === '' ? wire : `${field.doc}${field.doc.includes('\n') ? '\n' : ' '}Wire: ${wire}.`;
  const doc = docComment('  ', [lines]);
  const type = fieldType(field.type, scope, '  ');
  return `${doc}${breakType('  ', `readonly ${property}: ${type};`)}\n`;
}

function printConstructor(name: string, fields: readonly ClassField[], scope: ModuleScope): string {
  const parts = { head: 'constructor(init: ', entries: initType(name, fields, scope), tail: ') {' };
  const head = printBraces('  ', parts, ';');
  const body = fields.map(
    ({ property }) => `${printAssignment('    ', `this.${property} =`, `init.${property}`)}\n`,
  );
  return `${head}\n${body.join('')}  }\n`;
}

function printEncode(name: string, { fields, properties }: Members, scope: ModuleScope): string {
  const names = createNames(['message', 'out'], scope.declared);
  const indent = '    ';
  const body = fields.map((field) => {
    const context = { scope, names, indent, field: field.name, label: field.name };
    if (field.constant !== undefined) return encodeConstant(field.type, field.constant, context);
    return encodeValue(field.type, `message.${properties.get(field) ?? field.name}`, context);
  });
  const message = properties.size === 0 ? '_message' : 'message';
  const out = fields.length === 0 ? '_out' : 'out';
  const head = printParameters('  ', {
    head: 'static encode',
    entries: [`${message}: ${name}`, `${out}: ${scope.runtime('Writer')}`],
    tail: `: void {${fields.length === 0 ? '}' : ''}`,
  });
  return fields.length === 0 ? `${head}\n` : `${head}\n${body.join('')}  }\n`;
}

type Read = { readonly property: string; readonly before: string; readonly value: Expression };

function printDecode(name: string, { fields, properties }: Members, scope: ModuleScope): string {
  const names = createNames(['input'], scope.declared);
  const indent = '    ';
  const isPlain = fields.every((field) => field.constant === undefined && isExpression(field.type));
  const reads: Read[] = [];
  let body = '';
  for (const field of fields) {
    const context = { scope, names, indent, field: field.name, label: field.name };
    if (field.constant !== undefined) {
      body += decodeConstant(field.type, field.constant, context);
      continue;
    }
    const property = properties.get(field) ?? field.name;
    const { before, value } = decodeValue(field.type, context);
    body += before;
    if (isPlain || typeof value === 'string') {
      reads.push({ property, before, value });
    } else {
      const local = names.take(property);
      body += `${printAssignment(indent, `const ${local} =`, value)}\n`;
      reads.push({ property, before, value: local });
    }
  }
  const input = fields.length === 0 ? '_input' : 'input';
  const head = printParameters('  ', {
    head: 'static decode',
    entries: [`${input}: ${scope.runtime('Reader')}`],
    tail: `: ${name} {`,
  });
  return `${head}\n${body}${printReturn(name, reads, indent)}  }\n`;
}

/** True when a value of this type is read by one expression, without statements before it. */
function isExpression(type: WireType): boolean {
  if (type.kind === 'codec') return isExpression(type.carrier);
  return type.kind !== 'bits' && type.kind !== 'list';
}

function printReturn(name: string, reads: readonly Read[], indent: string): string {
  if (reads.length === 0) return `${indent}return new ${name}();\n`;
  const inner = `${indent}  `;
  const entries = reads.map(({ property, value }) => {
    if (value === property) return property;
    return printAssignment(inner, `${property}:`, value, ',').slice(inner.length, -1);
  });
  const parts = { head: `return new ${name}(`, entries, tail: ');' };
  const isShort = reads.length === 1 || reads.every((read) => flat(read.value) === read.property);
  const text = isShort ? printBraces(indent, parts, ',') : expandBraces(indent, parts, ',');
  return `${text}\n`;
}
