/** Written values of types that hold no others → plain data. */
import type { EnumNode, LiteralNode, Name } from '../ast/nodes.ts';
import type { VectorValue } from '../ir/model.ts';
import type { Bound, IntegerType, WireType } from '../ir/wire-type.ts';
import { addressOf } from '../wire/address.ts';
import { integerLimits } from './bounds.ts';
import type { Symbols } from './symbols.ts';

/** A type whose values hold no values of other types; an integer of `bits` may have names. */
export type LeafType =
  | Exclude<WireType, { readonly kind: 'list' | 'struct' | 'union' | 'bits' | 'codec' | 'integer' }>
  | (IntegerType & { readonly enumName?: string });

/** The value, or what should stand there; `near` is a name that none of the names is. */
export type Read =
  | { readonly value: VectorValue }
  | {
      readonly wanted: string;
      readonly near?: { readonly name: Name; readonly names: readonly string[] };
    };

/** The plain data of a literal. */
export function readLeaf(symbols: Symbols, type: LeafType, literal: LiteralNode): Read {
  switch (type.kind) {
    case 'bool':
      return readBool(literal);
    case 'integer':
      return readInteger(symbols, type, literal);
    case 'float':
      return readFloat(symbols, type.bits, literal);
    case 'enum': {
      const { bits, enumName } = type;
      const named = { kind: 'integer', bits, isSigned: false, range: undefined, enumName } as const;
      return readInteger(symbols, named, literal);
    }
    case 'flags':
      return readFlags(symbols, type, literal);
    case 'fixed-bytes':
      return readBytes(literal, { min: type.size, max: type.size });
    case 'bytes':
      return readBytes(literal, type.bound);
    case 'rest':
      return readBytes(literal, undefined);
    case 'string':
      return readText(literal, type.bound);
    case 'array':
      return readArray(symbols, type, literal);
    case 'address':
      return readAddress(type.form, literal);
  }
}

function readBool(literal: LiteralNode): Read {
  const isBool =
    literal.kind === 'reference' && (literal.text === 'true' || literal.text === 'false');
  return isBool ? { value: literal.text === 'true' } : { wanted: '`true` or `false`' };
}

function readInteger(
  symbols: Symbols,
  type: IntegerType & { readonly enumName?: string },
  literal: LiteralNode,
): Read {
  const { min, max } = type.range ?? integerLimits(type);
  const found = type.enumName === undefined ? undefined : symbols.findAnywhere(type.enumName);
  const members = found?.kind === 'enum' ? found : undefined;
  const number = numberOf(symbols, literal, members);
  if (number !== undefined && number >= min && number <= max) {
    return { value: type.bits === 64 ? number : Number(number) };
  }
  const range = `a number from ${min} to ${max}`;
  if (members === undefined) return { wanted: range };
  const names = members.members.map(({ name }) => name.text);
  const wanted = `the name of a member of \`${members.name.text}\`, or ${range}`;
  return literal.kind === 'reference' ? { wanted, near: { name: literal, names } } : { wanted };
}

/** The number of a member's name, of a constant's, or as it is written. */
function numberOf(symbols: Symbols, literal: LiteralNode, members?: EnumNode): bigint | undefined {
  if (literal.kind === 'integer') return literal.value;
  if (literal.kind !== 'reference') return undefined;
  const member = members?.members.find(({ name }) => name.text === literal.text);
  return symbols.evaluate(member === undefined ? literal : member.value);
}

function readFloat(symbols: Symbols, bits: 32 | 64, literal: LiteralNode): Read {
  const written =
    literal.kind === 'decimal' ? literal.value : Number(numberOf(symbols, literal) ?? NaN);
  const value = bits === 32 ? Math.fround(written) : written;
  return Number.isFinite(value) ? { value } : { wanted: `a number that fits ${bits} bits` };
}

function readFlags(
  symbols: Symbols,
  { bits, flagsName }: Extract<WireType, { readonly kind: 'flags' }>,
  literal: LiteralNode,
): Read {
  const found = symbols.findAnywhere(flagsName);
  const members = found?.kind === 'flags' ? found : undefined;
  const wanted = `a list of its names: \`[${members?.members[0]?.name.text ?? ''}]\``;
  if (literal.kind !== 'list') return { wanted };
  const set = new Set<bigint>();
  for (const item of literal.items) {
    const bit = numberOf(symbols, item, members);
    const isBit =
      bit !== undefined && bit > 0n && bit < 1n << BigInt(bits) && (bit & (bit - 1n)) === 0n;
    if (isBit && !set.has(bit)) {
      set.add(bit);
      continue;
    }
    const names = members?.members.map(({ name }) => name.text) ?? [];
    const isName = item.kind === 'reference' && bit === undefined;
    return isName
      ? { wanted, near: { name: item, names } }
      : { wanted: `${wanted}, each bit once` };
  }
  return { value: { kind: 'list', items: [...set].map(Number).sort((a, b) => a - b) } };
}

function readBytes(literal: LiteralNode, bound: Pick<Bound, 'min' | 'max'> | undefined): Read {
  const isHex = literal.kind === 'hex' && /^(?:[0-9a-fA-F]{2})*$/.test(literal.text);
  const size = isHex ? literal.text.length / 2 : 0;
  const isFitting = bound === undefined || (size >= bound.min && size <= bound.max);
  if (isHex && isFitting) return { value: { kind: 'bytes', hex: literal.text.toLowerCase() } };
  return { wanted: `\`hex"…"\` with ${sizeText(bound)} of two digits each` };
}

function readText(literal: LiteralNode, bound: Bound): Read {
  const size = literal.kind === 'text' ? new TextEncoder().encode(literal.text).length : -1;
  if (literal.kind === 'text' && size >= bound.min && size <= bound.max) {
    return { value: { kind: 'text', text: literal.text } };
  }
  return { wanted: `a text in quotes with ${sizeText(bound)} in UTF-8` };
}

function sizeText(bound: Pick<Bound, 'min' | 'max'> | undefined): string {
  if (bound === undefined) return 'bytes';
  return bound.min === bound.max ? `${bound.min} bytes` : `${bound.min} to ${bound.max} bytes`;
}

function readArray(
  symbols: Symbols,
  { bound, element }: Extract<WireType, { readonly kind: 'array' }>,
  literal: LiteralNode,
): Read {
  const count = literal.kind === 'list' ? literal.items.length : -1;
  if (literal.kind !== 'list' || count < bound.min || count > bound.max) {
    return { wanted: `a list of ${bound.min} to ${bound.max} elements` };
  }
  const items: VectorValue[] = [];
  for (const item of literal.items) {
    const read = readLeaf(symbols, ELEMENTS[element], item);
    if (!('value' in read)) return { wanted: `a list, each element ${read.wanted}` };
    items.push(read.value);
  }
  return { value: { kind: 'list', items } };
}

const ELEMENTS = {
  bool: { kind: 'bool' },
  f64: { kind: 'float', bits: 64 },
  i64: { kind: 'integer', bits: 64, isSigned: true, range: undefined },
} as const;

/** Which kinds of address each form has room for. */
const KINDS = {
  ipv4: ['ipv4'],
  ip: ['ipv4', 'ipv6'],
  address: ['ipv4', 'ipv6', 'domain'],
} as const;

const EXAMPLES = {
  ipv4: '`127.0.0.1:8090`',
  ip: '`127.0.0.1:8090` or `[::1]:8090`',
  address: '`127.0.0.1:8090`, `[::1]:8090` or `"example.org:8090"`',
} as const;

function readAddress(form: keyof typeof KINDS, literal: LiteralNode): Read {
  const address = addressText(literal);
  const found = address === undefined ? undefined : addressOf(address);
  if (found === undefined || !KINDS[form].some((kind) => kind === found.kind)) {
    return { wanted: `an address: ${EXAMPLES[form]}` };
  }
  return { value: { kind: 'address', host: found.host, port: found.port } };
}

function addressText(literal: LiteralNode): string | undefined {
  if (literal.kind === 'text') return literal.text;
  if (literal.kind !== 'address') return undefined;
  const { host, port } = literal;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
