/** WireType → TypeScript type. */
import { type NamedMember, type PlacedBits, placeBits } from '../ir/place-bits.ts';
import type { BitsMember, WireType } from '../ir/wire-type.ts';
import { docComment } from './doc-comment.ts';
import type { ModuleScope } from './module-scope.ts';
import { propertyNames } from './names.ts';

/** The type of a field; `indent` is where its line starts, for types that take several lines. */
export function fieldType(type: WireType, scope: ModuleScope, indent: string): string {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'integer':
      return type.bits === 64 ? 'bigint' : 'number';
    case 'float':
      return 'number';
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return 'Uint8Array';
    case 'string':
      return 'string';
    case 'list':
      return `readonly ${arrayType(type.element, scope, indent)}`;
    case 'array':
      return { i64: 'readonly bigint[]', f64: 'readonly number[]', bool: 'readonly boolean[]' }[
        type.element
      ];
    case 'bits':
      return bitsType(type.members, scope, indent);
    case 'enum':
      return scope.typeName(type.enumName);
    case 'flags':
      return `ReadonlySet<${scope.typeName(type.flagsName)}>`;
    case 'struct':
      return scope.typeName(type.structName);
    case 'union':
      return scope.typeName(type.unionName);
    case 'address':
      return scope.runtime('Address');
    case 'codec':
      return `${scope.runtime('CodecValue')}<typeof ${scope.authorCodec(type.codecName)}>`;
  }
}

/** An array that decoding may still add to. */
export function arrayType(element: WireType, scope: ModuleScope, indent: string): string {
  const text = fieldType(element, scope, indent);
  return text.startsWith('readonly ') ? `(${text})[]` : `${text}[]`;
}

/** A member of `bits` with its place in the byte and its property. */
export type PlacedMember = PlacedBits & { readonly property: string };

/** The named members of `bits` with their properties. */
export function placeMembers(members: readonly BitsMember[]): readonly PlacedMember[] {
  const placed = placeBits(members);
  const properties = propertyNames(placed.map(({ member }) => member.name));
  return placed.map((one, at) => ({ ...one, property: properties[at] ?? one.member.name }));
}

function bitsType(members: readonly BitsMember[], scope: ModuleScope, indent: string): string {
  const inner = `${indent}  `;
  const lines = placeMembers(members).map(({ member, property }) => {
    const doc = docComment(inner, [member.doc]);
    return `${doc}${inner}readonly ${property}: ${memberType(member, scope)};\n`;
  });
  return lines.length === 0 ? 'Record<never, never>' : `{\n${lines.join('')}${indent}}`;
}

function memberType(member: NamedMember, scope: ModuleScope): string {
  if (member.kind === 'flag') return 'boolean';
  return member.kind === 'number' ? 'number' : scope.typeName(member.enumName);
}
