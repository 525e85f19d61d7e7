/** What a generated class holds, as the plain data of vectors: the bridge for comparisons. */
import { classFields } from '../../../compiler/emit/message-class.ts';
import { placeMembers } from '../../../compiler/emit/field-types.ts';
import { propertyNames } from '../../../compiler/emit/names.ts';
import type { Field, VectorValue } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import type { Declarations } from '../../../compiler/wire/declarations.ts';
import { toHex } from '../../../runtime/base/bytes.ts';
import type { Address } from '../../../runtime/codegen.ts';

type Objects = Extract<VectorValue, { kind: 'object' }>;

/** The plain data of an object whose properties are these fields. */
export function plainFields(
  fields: readonly Field[],
  value: unknown,
  declarations: Declarations,
): Objects {
  const properties = value as Readonly<Record<string, unknown>>;
  const entries = classFields(fields).map(
    ({ field, property }) =>
      [field.name, plainValue(field.type, properties[property], declarations)] as const,
  );
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}

/** The plain data of a value of this type. */
export function plainValue(
  type: WireType,
  value: unknown,
  declarations: Declarations,
): VectorValue {
  switch (type.kind) {
    case 'bool':
    case 'integer':
    case 'float':
    case 'enum':
      return value as VectorValue;
    case 'flags':
      return { kind: 'list', items: [...(value as ReadonlySet<number>)].sort((a, b) => a - b) };
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return { kind: 'bytes', hex: toHex(value as Uint8Array) };
    case 'string':
      return { kind: 'text', text: value as string };
    case 'list': {
      const items = value as readonly unknown[];
      return {
        kind: 'list',
        items: items.map((one) => plainValue(type.element, one, declarations)),
      };
    }
    case 'array':
      return { kind: 'list', items: value as readonly VectorValue[] };
    case 'bits': {
      const properties = value as Readonly<Record<string, VectorValue>>;
      const entries = placeMembers(type.members).map(
        ({ member, property }) => [member.name, properties[property]] as const,
      );
      return {
        kind: 'object',
        variant: undefined,
        entries: Object.fromEntries(entries) as Readonly<Record<string, VectorValue>>,
      };
    }
    case 'struct':
      return plainFields(declarations.struct(type.structName).fields, value, declarations);
    case 'union': {
      const { variants } = declarations.union(type.unionName);
      const kinds = propertyNames(variants.map(({ structName }) => structName));
      const { kind, value: inner } = value as { readonly kind: string; readonly value: unknown };
      const variant = variants[kinds.indexOf(kind)]?.structName ?? '';
      const { fields } = declarations.struct(variant);
      return { ...plainFields(fields, inner, declarations), variant };
    }
    case 'address': {
      const { host, port } = value as Address;
      return { kind: 'address', host, port };
    }
    case 'codec':
      return plainValue(type.carrier, value, declarations);
  }
}
