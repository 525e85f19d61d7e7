/** Enums, flags, unions and `bits`: what payloads are made of besides built-in types. */
import type { Enum, Field, Flags, Union } from '../../ir/model.ts';
import { placeBits, type PlacedBits } from '../../ir/place-bits.ts';
import type { WireType } from '../../ir/wire-type.ts';
import { memberNames } from './names.ts';
import type { Scope } from './scope.ts';
import { call, docstring, functionHead, IN_CLASS, IN_METHOD, quote, statement } from './text.ts';
import { memberAnnotation } from './types.ts';

/** An `IntEnum`, which makes a member of a number without a name too. */
export function printEnum(one: Enum, scope: Scope): string {
  const { imports, names } = scope;
  const name = names.ofDeclaration(one.name);
  const unnamed = call(scope.helper('_unnamed'), 'cls', 'value');
  return [
    `class ${name}(${imports.use('enum', 'IntEnum')}):\n`,
    docstring(IN_CLASS, [one.doc === '' ? `The enum ${one.name}.` : one.doc]),
    members(one, String),
    `\n${IN_CLASS}@classmethod\n`,
    functionHead(IN_CLASS, {
      name: '_missing_',
      parameters: ['cls', 'value: object'],
      result: `${name} | None`,
    }),
    docstring(IN_METHOD, ['Keep a number that has no name.']),
    statement(IN_METHOD, 'return ', unnamed),
  ].join('');
}

/** An `IntFlag`; it keeps bits without a name by itself. */
export function printFlags(one: Flags, scope: Scope): string {
  const digits = one.bits / 4;
  const bit = (value: number): string =>
    `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
  return [
    `class ${scope.names.ofDeclaration(one.name)}(${scope.imports.use('enum', 'IntFlag')}):\n`,
    docstring(IN_CLASS, [one.doc === '' ? `The flags ${one.name}.` : one.doc]),
    members(one, bit),
  ].join('');
}

function members({ members: all }: Enum | Flags, print: (value: number) => string): string {
  const names = memberNames(all.map(({ name }) => name));
  const lines = all.map(({ doc, value }, at) => {
    const comment = doc === '' ? '' : docstring(IN_CLASS, [doc]);
    return statement(IN_CLASS, `${names[at]} = `, print(value)) + comment;
  });
  return `\n${lines.join('')}`;
}

/** An alias of its variants' classes. */
export function printUnion({ doc, name, variants }: Union, scope: Scope): string {
  const alias = scope.imports.use('typing', 'TypeAlias');
  const classes = variants.map(({ structName }) => scope.className(structName));
  const start = `${scope.names.ofDeclaration(name)}: ${alias} = `;
  const line = statement('', start, classes.join(' | '));
  const lines = classes.map((one, at) => `${IN_CLASS}${at === 0 ? '' : '| '}${one}\n`).join('');
  const text = line.length <= 89 ? line : `${start}(\n${lines})\n`;
  return `${text}${docstring('', [doc === '' ? `The union ${name}.` : doc])}`;
}

type BitsType = Extract<WireType, { kind: 'bits' }>;

/** The classes of the `bits` among the fields. */
export function printBitsOf(owner: object, fields: readonly Field[], scope: Scope): string[] {
  return fields.flatMap((field) => {
    const type = innermost(field.type);
    if (type.kind !== 'bits') return [];
    const name = scope.names.ofBits(owner, field.name);
    const doc = field.doc === '' ? `The bits of ${quote(field.name).slice(1, -1)}.` : field.doc;
    return [printBits(name, type, doc, scope)];
  });
}

function innermost(type: WireType): WireType {
  if (type.kind === 'list') return innermost(type.element);
  return type.kind === 'codec' ? innermost(type.carrier) : type;
}

function printBits(name: string, type: BitsType, doc: string, scope: Scope): string {
  const placed = placeBits(type.members);
  const attributes = scope.names.ofFields(
    type,
    placed.map(({ member }) => member.name),
  );
  const decorator = call(scope.imports.use('dataclasses', 'dataclass'), 'frozen=True');
  const declared = placed.map(({ member }, at) => {
    const comment = member.doc === '' ? '' : docstring(IN_CLASS, [member.doc]);
    return `${IN_CLASS}${attributes[at]}: ${memberAnnotation(member, scope)}\n${comment}`;
  });
  const writes = placed.map((one, at) => written(attributes[at] ?? '', one, scope));
  const reads = placed.map((one) => read(one, scope));
  return [
    statement('', '@', decorator),
    `class ${name}:\n`,
    docstring(IN_CLASS, [doc]),
    declared.length === 0 ? '' : `\n${declared.join('')}`,
    `\n${functionHead(IN_CLASS, { name: 'to_byte', parameters: ['self'], result: 'int' })}`,
    docstring(IN_METHOD, ['Put the bits into one byte; those without a name are 0.']),
    statement(IN_METHOD, 'byte = ', '0'),
    ...writes,
    statement(IN_METHOD, 'return ', 'byte'),
    `\n${IN_CLASS}@classmethod\n`,
    functionHead(IN_CLASS, {
      name: 'from_byte',
      parameters: ['cls', placed.length === 0 ? '_byte: int' : 'byte: int'],
      result: name,
    }),
    docstring(IN_METHOD, ['Take the bits out of a byte.']),
    statement(IN_METHOD, 'return ', call('cls', ...reads)),
  ].join('');
}

function written(attribute: string, { member, shift, width }: PlacedBits, scope: Scope): string {
  const value = `self.${attribute}`;
  const behind = shift === 0 ? '' : ` << ${shift}`;
  if (member.kind === 'flag') return statement(IN_METHOD, 'byte |= ', `bool(${value})${behind}`);
  const number = call(
    scope.helper('_checked_number'),
    quote(attribute),
    value,
    '0',
    String((1 << width) - 1),
  );
  return statement(IN_METHOD, 'byte |= ', number, behind);
}

function read({ member, shift, width }: PlacedBits, scope: Scope): string {
  if (member.kind === 'flag')
    return `bool(byte & 0x${(1 << shift).toString(16).toUpperCase().padStart(2, '0')})`;
  const mask = `0x${((1 << width) - 1).toString(16).toUpperCase().padStart(2, '0')}`;
  const shifted = shift === 0 ? `byte & ${mask}` : `(byte >> ${shift}) & ${mask}`;
  return member.kind === 'enum' ? `${scope.className(member.enumName)}(${shifted})` : shifted;
}
