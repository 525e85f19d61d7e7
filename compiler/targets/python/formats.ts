/** Wire types → formats of py-ipv8's serializer, and packers where it has none. */
import type { PrefixBits, WireType } from '../../ir/wire-type.ts';
import type { Scope } from './scope.ts';
import { call, type Expression, quote } from './text.ts';

const SERIALIZATION = 'ipv8.messaging.serialization';

/** Formats of integers, as the `struct` module writes them. */
const INTEGERS = { u8: 'B', u16: 'H', u32: 'I', u64: 'Q', i8: 'b', i16: 'h', i32: 'l', i64: 'q' };

const PREFIXES: Readonly<Record<PrefixBits, string>> = { 8: 'B', 16: 'H', 32: 'I' };

/** Sizes that py-ipv8 3.2 has a format of bytes for (ipv8/messaging/serialization.py). */
const FIXED_SIZES: ReadonlySet<number> = new Set([20, 32, 64, 74]);

/** A type by its name among the serializer's packers. */
type Format = {
  readonly name: string;
  /** Where py-ipv8 has none of that name. */
  readonly packer?: () => Expression;
};

/** The item of a `format_list`. What py-ipv8 has no format for is added to the module's packers. */
export function formatOf(type: WireType, scope: Scope): string {
  if (type.kind === 'struct' && !type.isInline) return scope.className(type.structName);
  if (type.kind === 'list' && type.count === 8) {
    const { element } = type;
    if (element.kind === 'struct' && !element.isInline) {
      return `[${scope.className(element.structName)}]`;
    }
  }
  return quote(nameOf(type, scope));
}

/** The first word of what `to_pack_list` gives: the name of a packer in any case. */
export function packName(type: WireType, scope: Scope): string {
  if (type.kind === 'struct' && !type.isInline) return '"payload"';
  return formatOf(type, scope).startsWith('[') ? '"payload-list"' : quote(nameOf(type, scope));
}

function nameOf(type: WireType, scope: Scope): string {
  const { name, packer } = lookUp(type, scope);
  if (packer !== undefined) scope.addPacker(name, packer());
  return name;
}

function lookUp(type: WireType, scope: Scope): Format {
  const standard = (name: string, ...values: readonly Expression[]): Expression =>
    call(scope.imports.use(SERIALIZATION, name), ...values);
  switch (type.kind) {
    case 'bool':
      return { name: '?' };
    case 'integer':
      return integerFormat(INTEGERS[`${type.isSigned ? 'i' : 'u'}${type.bits}`], standard);
    case 'float':
      return { name: type.bits === 32 ? 'f' : 'd' };
    case 'bits':
      return { name: 'B' };
    case 'enum':
    case 'flags':
      return { name: PREFIXES[type.bits] };
    case 'fixed-bytes': {
      const { size } = type;
      if (size === 1) return { name: 'c' };
      const name = `${size}s`;
      if (FIXED_SIZES.has(size)) return { name };
      return { name, packer: () => standard('DefaultStruct', quote(`>${size}s`)) };
    }
    case 'bytes': {
      const name = `varlen${PREFIXES[type.prefix]}`;
      return type.prefix === 8 ? { name, packer: () => standard('VarLen', '">B"') } : { name };
    }
    case 'string': {
      const name = `varlen${PREFIXES[type.prefix]}utf8`;
      return type.prefix === 8 ? { name, packer: () => standard('VarLenUtf8', '">B"') } : { name };
    }
    case 'array':
      return { name: `arrayH-${{ i64: 'q', f64: 'd', bool: '?' }[type.element]}` };
    case 'address':
      return { name: { ipv4: 'ipv4', ip: 'ip_address', address: 'address' }[type.form] };
    case 'rest':
      return { name: 'raw' };
    case 'codec':
      return lookUp(type.carrier, scope);
    case 'list':
      return listFormat(type, scope, standard);
    case 'struct':
    case 'union':
      return { name: wireText(type, scope), packer: () => declaredPacker(type, scope) };
  }
}

type Standard = (name: string, ...values: readonly Expression[]) => Expression;

function integerFormat(name: string, standard: Standard): Format {
  if (name !== 'b' && name !== 'h') return { name };
  return { name, packer: () => standard('DefaultStruct', quote(`>${name}`)) };
}

function listFormat(
  type: Extract<WireType, { kind: 'list' }>,
  scope: Scope,
  standard: Standard,
): Format {
  const { count, element } = type;
  const inner = lookUp(element, scope);
  if (inner.name === 'varlenH' && count === 8) return { name: 'varlenH-list' };
  const name = wireText(type, scope);
  if (element.kind === 'fixed-bytes') {
    const counted = count === 'rest' ? [] : [quote(`>${PREFIXES[count]}`)];
    return { name, packer: () => call(scope.helper('_Records'), String(element.size), ...counted) };
  }
  const packer = (): Expression => packerOf(element, scope);
  if (count === 'rest') return { name, packer: () => call(scope.helper('_UntilEnd'), packer()) };
  const prefix = count === 8 ? [] : [quote(`>${PREFIXES[count]}`)];
  return { name, packer: () => standard('ListOf', packer(), ...prefix) };
}

/** A packer on its own, for what is made of packers. */
function packerOf(type: WireType, scope: Scope): Expression {
  const { name, packer } = lookUp(type, scope);
  return packer?.() ?? call('serializer.get_packer_for', quote(name));
}

function declaredPacker(
  type: Extract<WireType, { kind: 'struct' | 'union' }>,
  scope: Scope,
): Expression {
  const framed = (packer: Expression): Expression =>
    type.isInline ? packer : call(scope.helper('_Framed'), packer);
  if (type.kind === 'struct') {
    return framed(call(scope.helper('_Inline'), 'serializer', scope.className(type.structName)));
  }
  const union = scope.find(type.unionName);
  const variants = union?.kind === 'union' ? union.variants : [];
  const tag = union?.kind === 'union' ? PREFIXES[union.bits] : 'B';
  const kinds = variants.map((one) => `${one.tag}: ${scope.className(one.structName)}`);
  const table = { head: '{', items: kinds, tail: '}' };
  return framed(call(scope.helper('_Tagged'), 'serializer', quote(`>${tag}`), table));
}

/**
 * What is on the wire, in the words of the schema: two types that have one text have one packer, and
 * the names of declarations are unique in a program. Bounds are checked elsewhere.
 */
function wireText(type: WireType, scope: Scope): string {
  switch (type.kind) {
    case 'list': {
      const count = type.count === 'rest' ? 'rest' : `u${type.count}`;
      return `list<${wireText(type.element, scope)}, ${count}>`;
    }
    case 'struct':
      return type.isInline ? `inline ${type.structName}` : type.structName;
    case 'union':
      return type.isInline ? `inline ${type.unionName}` : type.unionName;
    case 'codec':
      return wireText(type.carrier, scope);
    case 'fixed-bytes':
      return `bytes[${type.size}]`;
    default:
      return lookUp(type, scope).name;
  }
}
