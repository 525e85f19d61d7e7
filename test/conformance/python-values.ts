/** Values of the model → Python expressions that make them with generated classes. */
import type { Field, Message, Struct, Vector, VectorValue } from '../../compiler/ir/model.ts';
import type { BitsMember, WireType } from '../../compiler/ir/wire-type.ts';
import type { ModelNames } from '../../compiler/targets/python/model-names.ts';
import { quote } from '../../compiler/targets/python/text.ts';
import type { Declarations } from '../../compiler/wire/declarations.ts';

export type ValueParts = {
  readonly names: ModelNames;
  readonly declarations: Declarations;
  /** The Python module of a declaration's name, or of a struct or message: `dht`. */
  readonly moduleOf: (declaration: string | object) => string;
};

type Value = NonNullable<Vector['value']>;

/** A call of the payload's class, with the module in front: `dht.PingRequestPayload(identifier=1)`. */
export function payloadExpression(
  owner: Struct | Message,
  className: string,
  value: VectorValue,
  parts: ValueParts,
): string {
  const fields = owner.fields.filter(({ constant }) => constant === undefined);
  const names = parts.names.ofFields(
    owner,
    fields.map(({ name }) => name),
  );
  const entries = entriesOf(value);
  const values = fields.map((field, at) => {
    const given = fieldExpression(owner, field, entries[field.name] as Value, parts);
    return `${names[at]}=${given}`;
  });
  return `${className}(${values.join(', ')})`;
}

const ARRAY_ELEMENT: Readonly<Record<'i64' | 'f64' | 'bool', WireType>> = {
  i64: { kind: 'integer', bits: 64, isSigned: true, range: undefined },
  f64: { kind: 'float', bits: 64 },
  bool: { kind: 'bool' },
};

function fieldExpression(owner: object, field: Field, value: Value, parts: ValueParts): string {
  const bits = `${parts.moduleOf(owner)}.${parts.names.ofBits(owner, field.name)}`;
  const express = (type: WireType, of: Value): string => {
    switch (type.kind) {
      case 'codec':
        return express(type.carrier, of);
      case 'list':
      case 'array': {
        const items = typeof of === 'object' && of.kind === 'list' ? of.items : [];
        const element = type.kind === 'list' ? type.element : ARRAY_ELEMENT[type.element];
        return `[${items.map((item) => express(element, item)).join(', ')}]`;
      }
      case 'bits':
        return bitsExpression(bits, type, of, parts);
      case 'enum':
        return named(type.enumName, of, parts);
      case 'flags': {
        const items = typeof of === 'object' && of.kind === 'list' ? of.items : [];
        const all = items.reduce<bigint>((sum, item) => sum + BigInt(item as number), 0n);
        return named(type.flagsName, all, parts);
      }
      case 'struct': {
        const struct = parts.declarations.struct(type.structName);
        const className = `${parts.moduleOf(type.structName)}.${parts.names.ofDeclaration(type.structName)}`;
        return payloadExpression(struct, className, of, parts);
      }
      case 'union': {
        const variant = (typeof of === 'object' && of.kind === 'object' && of.variant) || '';
        return express({ kind: 'struct', structName: variant, isInline: true }, of);
      }
      case 'float':
        return `float("${String(of).replace('Infinity', 'inf')}")`;
      default:
        return plain(of);
    }
  };
  return express(field.type, value);
}

function named(name: string, value: Value, parts: ValueParts): string {
  return `${parts.moduleOf(name)}.${parts.names.ofDeclaration(name)}(${String(value)})`;
}

function bitsExpression(
  className: string,
  type: Extract<WireType, { kind: 'bits' }>,
  value: Value,
  parts: ValueParts,
): string {
  const members = type.members.filter(
    (member): member is Exclude<BitsMember, { kind: 'unused' }> => member.kind !== 'unused',
  );
  const names = parts.names.ofFields(
    type,
    members.map(({ name }) => name),
  );
  const entries = entriesOf(value);
  const values = members.map((member, at) => {
    const given = entries[member.name] as Value;
    const text = member.kind === 'enum' ? named(member.enumName, given, parts) : plain(given);
    return `${names[at]}=${text}`;
  });
  return `${className}(${values.join(', ')})`;
}

function entriesOf(value: VectorValue): Readonly<Record<string, VectorValue>> {
  if (typeof value === 'object' && value.kind === 'object') return value.entries;
  throw new Error(`${JSON.stringify(value)} has no named values`);
}

function plain(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  switch (value.kind) {
    case 'bytes':
      return `bytes.fromhex("${value.hex}")`;
    case 'text':
      return quote(value.text);
    case 'address': {
      const kind = /^[\d.]+$/.test(value.host)
        ? 'UDPv4Address'
        : value.host.includes(':')
          ? 'UDPv6Address'
          : 'DomainAddress';
      return `${kind}(${quote(value.host)}, ${value.port})`;
    }
    default:
      throw new Error(`${value.kind} is no plain value`);
  }
}
