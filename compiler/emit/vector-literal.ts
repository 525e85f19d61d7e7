/** Values of vectors → what the generated classes take. */
import type { StructLookup } from '../ir/layout.ts';
import type { Field, VectorValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { placeMembers } from './field-types.ts';
import { type Literal, quoteText } from './literal.ts';
import { classFields } from './message-class.ts';
import { propertyNames } from './names.ts';

/** What names mean where the literal stands. */
export type LiteralScope = {
  readonly structs: StructLookup;
  /** The class of a struct; remembers the import. */
  className(structName: string): string;
  /** Turns hexadecimal digits into bytes. */
  readonly hex: string;
};

/** A new object of the class `className`, which has these fields. */
export function objectLiteral(
  { className, fields }: { readonly className: string; readonly fields: readonly Field[] },
  value: VectorValue,
  scope: LiteralScope,
): Literal {
  const entries = entriesOf(value);
  const own = classFields(fields);
  const head = `new ${className}`;
  if (own.length === 0) return { kind: 'call', head, argument: undefined };
  const properties = own.map(({ field, property }) => {
    return [property, valueLiteral(field.type, part(entries, field.name), scope)] as const;
  });
  return { kind: 'call', head, argument: { kind: 'object', entries: properties } };
}

function valueLiteral(type: WireType, value: VectorValue, scope: LiteralScope): Literal {
  switch (type.kind) {
    case 'bool':
      return text(String(value));
    case 'integer':
      return text(type.bits === 64 ? `${value}n` : numberText(value));
    case 'float':
    case 'enum':
      return text(numberText(value));
    case 'flags':
      return { kind: 'call', head: 'new Set', argument: numbers(itemsOf(value)) };
    case 'fixed-bytes':
    case 'bytes':
    case 'rest': {
      const digits = typeof value === 'object' && value.kind === 'bytes' ? value.hex : '';
      return { kind: 'call', head: scope.hex, argument: text(quoteText(digits)) };
    }
    case 'string':
      return text(quoteText(typeof value === 'object' && value.kind === 'text' ? value.text : ''));
    case 'list': {
      const items = itemsOf(value);
      if (isNumber(type.element)) return numbers(items);
      const literals = items.map((item) => valueLiteral(type.element, item, scope));
      return { kind: 'array', items: literals, areNumbers: false };
    }
    case 'array': {
      const items = itemsOf(value);
      if (type.element === 'f64') return numbers(items);
      const suffix = type.element === 'i64' ? 'n' : '';
      const literals = items.map((item) => text(`${String(item)}${suffix}`));
      return { kind: 'array', items: literals, areNumbers: false };
    }
    case 'bits':
      return bitsLiteral(type, value);
    case 'struct':
      return structLiteral(type.structName, value, scope);
    case 'union':
      return unionLiteral(type.unionName, value, scope);
    case 'address':
      return addressLiteral(value);
    case 'codec':
      throw new Error(`the value of codec ${type.codecName} is the author's to make`);
  }
}

function isNumber(type: WireType): boolean {
  if (type.kind === 'integer') return type.bits !== 64;
  return type.kind === 'float' || type.kind === 'enum';
}

function numbers(items: readonly VectorValue[]): Literal {
  const texts = items.map(numberText);
  // `NaN` and `Infinity` are names.
  const areNumbers = texts.length > 1 && texts.every((one) => /^-?\d/.test(one));
  return { kind: 'array', items: texts.map(text), areNumbers };
}

/** As Prettier writes numbers: no plus in an exponent. */
function numberText(value: VectorValue): string {
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

function structLiteral(name: string, value: VectorValue, scope: LiteralScope): Literal {
  const struct = scope.structs(name);
  if (struct?.kind !== 'struct') throw new Error(`the model has no struct ${name}`);
  const className = scope.className(name);
  return objectLiteral({ className, fields: struct.fields }, value, scope);
}

function unionLiteral(name: string, value: VectorValue, scope: LiteralScope): Literal {
  const union = scope.structs(name);
  const variants = union?.kind === 'union' ? union.variants : [];
  const kinds = propertyNames(variants.map(({ structName }) => structName));
  const variant = typeof value === 'object' && value.kind === 'object' ? value.variant : undefined;
  const at = variants.findIndex(({ structName }) => structName === variant);
  const kind = kinds[at];
  if (kind === undefined || variant === undefined) {
    throw new Error(`a value of ${name} is none of its variants`);
  }
  return {
    kind: 'object',
    entries: [
      ['kind', text(quoteText(kind))],
      ['value', structLiteral(variant, value, scope)],
    ],
  };
}

function bitsLiteral(type: Extract<WireType, { kind: 'bits' }>, value: VectorValue): Literal {
  const entries = entriesOf(value);
  const properties = placeMembers(type.members).map(({ member, property }) => {
    return [property, text(String(part(entries, member.name)))] as const;
  });
  return { kind: 'object', entries: properties };
}

function addressLiteral(value: VectorValue): Literal {
  if (typeof value !== 'object' || value.kind !== 'address') throw new Error('not an address');
  const { host, port } = value;
  const isIpv4 = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  const kind = isIpv4 ? 'ipv4' : host.includes(':') ? 'ipv6' : 'domain';
  const entries = [
    ['kind', text(quoteText(kind))],
    ['host', text(quoteText(host))],
    ['port', text(String(port))],
  ] as const;
  return { kind: 'object', entries };
}

function text(words: string): Literal {
  return { kind: 'text', text: words };
}

function entriesOf(value: VectorValue): Readonly<Record<string, VectorValue>> {
  return typeof value === 'object' && value.kind === 'object' ? value.entries : {};
}

function itemsOf(value: VectorValue): readonly VectorValue[] {
  return typeof value === 'object' && value.kind === 'list' ? value.items : [];
}

function part(entries: Readonly<Record<string, VectorValue>>, name: string): VectorValue {
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (found === undefined) throw new Error(`a vector has no value for ${name}`);
  return found;
}
