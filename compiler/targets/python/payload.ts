/** Structs and messages → payload classes. */
import type { ConstantValue, Field, Message, Struct } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import { changesType, packed, unpacked } from './conversions.ts';
import { formatOf, packName } from './formats.ts';
import type { Scope } from './scope.ts';
import {
  docstring,
  type Expression,
  functionHead,
  IN_CLASS,
  IN_METHOD,
  listOf,
  quote,
  statement,
  call,
  tupleOf,
} from './text.ts';
import { annotation, wireAnnotation } from './types.ts';

/** A payload's class before it is printed. */
type Payload = {
  readonly owner: Struct | Message;
  readonly name: string;
  readonly messageId: number | undefined;
  readonly doc: readonly string[];
};

/** A field that is an attribute, with its name in Python. */
export type NamedField = Field & { readonly attribute: string };

/** The fields that have a value. */
export function attributesOf(owner: Struct | Message, scope: Scope): readonly NamedField[] {
  const fields = owner.fields.filter(({ constant }) => constant === undefined);
  const names = scope.names.ofFields(
    owner,
    fields.map(({ name }) => name),
  );
  return fields.map((field, at) => ({ ...field, attribute: names[at] ?? field.name }));
}

/** The class of a struct. */
export function printStruct(one: Struct, scope: Scope): string {
  const name = scope.names.ofDeclaration(one.name);
  const doc = [one.doc === '' ? `The struct ${one.name}.` : one.doc];
  return printPayload({ owner: one, name, messageId: undefined, doc }, scope);
}

/** The class of a message, with its id. */
export function printMessage(one: Message, scope: Scope): string {
  const { auth, id, isTimed } = one;
  const facts = `Message ${id}, ${auth}${isTimed ? ', with the global time' : ''}.`;
  const doc = [one.doc, facts];
  return printPayload({ owner: one, name: scope.names.ofPayload(one), messageId: id, doc }, scope);
}

function printPayload(payload: Payload, scope: Scope): string {
  const { doc, messageId, name, owner } = payload;
  const { imports } = scope;
  const attributes = attributesOf(owner, scope);
  const isEmpty = owner.fields.length === 0;
  const hasConstants = attributes.length < owner.fields.length;
  const formats = owner.fields.map(({ type }) => formatOf(type, scope));
  const names = listOf(attributes.map(({ attribute }) => quote(attribute)));
  const decorator = `@${imports.use('dataclasses', 'dataclass')}\n`;
  const compiled = hasConstants ? '' : `@${lazy('vp_compile', scope)}\n`;
  const parts = [
    `${compiled}${decorator}class ${name}(${baseOf(messageId, hasConstants, scope)}):\n`,
    docstring(IN_CLASS, doc),
    messageId === undefined && isEmpty ? '' : '\n',
    messageId === undefined ? '' : statement(IN_CLASS, 'msg_id = ', String(messageId)),
    // The empty lists are py-ipv8's own.
    isEmpty ? '' : statement(IN_CLASS, 'format_list = ', listOf(formats)),
    isEmpty || hasConstants ? '' : statement(IN_CLASS, 'names = ', names),
    attributes.length === 0 ? '' : '\n',
    ...attributes.map((field) => printAttribute(owner, field, scope)),
    hasConstants
      ? printExplicit(payload, attributes, scope)
      : attributes.map((field) => printHooks(owner, field, scope)).join(''),
  ];
  return parts.join('');
}

function baseOf(messageId: number | undefined, hasConstants: boolean, scope: Scope): string {
  if (hasConstants) return scope.imports.use('ipv8.messaging.serialization', 'Payload');
  return lazy(messageId === undefined ? 'VariablePayload' : 'VariablePayloadWID', scope);
}

function lazy(name: string, { imports }: Scope): string {
  return imports.use('ipv8.messaging.lazy_payload', name);
}

function printAttribute(owner: object, field: NamedField, scope: Scope): string {
  const { attribute, doc, name, type } = field;
  const comment = [doc, limitOf(type)].filter((part) => part !== '').join(' ');
  const declared = `${IN_CLASS}${attribute}: ${annotation(type, { owner, field: name }, scope)}\n`;
  return comment === '' ? declared : `${declared}${docstring(IN_CLASS, [comment])}`;
}

/** What a value must be besides its type, as a sentence. */
function limitOf(type: WireType): string {
  switch (type.kind) {
    case 'fixed-bytes':
      return `${type.size} byte${type.size === 1 ? '' : 's'}.`;
    case 'integer':
      return type.range === undefined ? '' : `From ${type.range.min} to ${type.range.max}.`;
    case 'bytes':
    case 'string':
    case 'list':
    case 'array': {
      const { isStated, min, sendMax } = type.bound;
      const unit = type.kind === 'bytes' || type.kind === 'string' ? 'bytes' : 'elements';
      if (!isStated) return '';
      return min === 0 ? `At most ${sendMax} ${unit}.` : `From ${min} to ${sendMax} ${unit}.`;
    }
    default:
      return '';
  }
}

/** `fix_pack_x` and `fix_unpack_x`, which py-ipv8 calls around its packers. */
function printHooks(owner: object, field: NamedField, scope: Scope): string {
  const { attribute, name, type } = field;
  const place = { owner, field: name, attribute };
  const pack = packed(type, 'value', place, scope);
  const unpack = unpacked(type, 'value', place, scope);
  const inside = annotation(type, place, scope);
  const outside = wireAnnotation(type, scope);
  const hook = (
    before: string,
    make: Expression | undefined,
    types: { from: string; to: string; doc: string },
  ): string => {
    if (make === undefined) return '';
    const parameters = [`value: ${types.from}`];
    const head = { name: `${before}${attribute}`, parameters, result: types.to };
    return [
      `\n${IN_CLASS}@staticmethod\n`,
      functionHead(IN_CLASS, head),
      docstring(IN_METHOD, [types.doc]),
      statement(IN_METHOD, 'return ', make),
    ].join('');
  };
  const isMade = changesType(type, scope);
  return [
    hook('fix_pack_', pack, {
      from: inside,
      to: isMade ? outside : inside,
      doc: isMade ? 'Make what is packed.' : 'Check what is packed.',
    }),
    hook('fix_unpack_', unpack, { from: outside, to: inside, doc: 'Make what was unpacked.' }),
  ].join('');
}

/** `to_pack_list` and `from_unpack_list` of a payload with constants, which are no attributes. */
function printExplicit(
  { name, owner }: Payload,
  attributes: readonly NamedField[],
  scope: Scope,
): string {
  const anything = scope.imports.annotate('typing', 'Any');
  const byName = new Map(attributes.map((field) => [field.name, field]));
  const packs = owner.fields.map((field) => {
    const named = byName.get(field.name);
    const format = packName(field.type, scope);
    if (field.constant !== undefined) {
      return tupleOf([format, constantText(field.type, field.constant)]);
    }
    const attribute = named?.attribute ?? field.name;
    const place = { owner, field: field.name, attribute };
    const value = `self.${attribute}`;
    return tupleOf([format, packed(field.type, value, place, scope) ?? value]);
  });
  const parameters = owner.fields.map((field, at) => {
    const named = byName.get(field.name);
    // Whatever stands there: it was asked for, and nobody uses it.
    if (named === undefined) return `_constant${at}: object`;
    return `${named.attribute}: ${wireAnnotation(field.type, scope)}`;
  });
  const values = attributes.map(({ attribute, name: field, type }) => {
    return unpacked(type, attribute, { owner, field }, scope) ?? attribute;
  });
  return [
    `\n${functionHead(IN_CLASS, {
      name: 'to_pack_list',
      parameters: ['self'],
      result: `list[tuple[${anything}, ...]]`,
    })}`,
    docstring(IN_METHOD, ['Give the values with their formats, constants among them.']),
    statement(IN_METHOD, 'return ', listOf(packs)),
    `\n${IN_CLASS}@classmethod\n`,
    functionHead(IN_CLASS, {
      name: 'from_unpack_list',
      parameters: ['cls', ...parameters],
      result: name,
    }),
    docstring(IN_METHOD, ['Make a payload of unpacked values; constants are not compared.']),
    statement(IN_METHOD, 'return ', call('cls', ...values)),
  ].join('');
}

/** A constant as Python writes it. */
export function constantText(type: WireType, constant: ConstantValue): string {
  switch (constant.kind) {
    case 'integer':
      return String(constant.value);
    case 'bool':
      return constant.value ? 'True' : 'False';
    case 'bytes': {
      const bytes = `bytes.fromhex(${quote(constant.hex)})`;
      return type.kind === 'string' ? `${bytes}.decode()` : bytes;
    }
  }
}
