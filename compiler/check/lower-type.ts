/** Written types → wire types. Silent: what is wrong with a type is for the rules to say. */
import type {
  BitsMemberNode,
  CodecNode,
  EnumNode,
  FieldNode,
  Name,
  TypeNode,
  Value,
} from '../ast/nodes.ts';
import type { ConstantValue } from '../ir/model.ts';
import type { BitsMember, PrefixBits, WireType } from '../ir/wire-type.ts';
import type { Source } from '../source/source.ts';
import { textOf } from '../source/span.ts';
import { integerLimits, lowerBound } from './bounds.ts';
import type { Symbols } from './symbols.ts';
import { BUILT_IN_TYPES, PREFIXES, shapeOf, type TypeShape } from './type-shape.ts';

/** `bytes[N]` holds at most as many bytes as a datagram can. */
export const FIXED_SIZE_MAX = 65_535;

/** The wire type of a field, its range included; undefined when it cannot be known. */
export function lowerFieldType(symbols: Symbols, field: FieldNode): WireType | undefined {
  if (field.type === undefined) return undefined;
  const type = lowerType(symbols, field.type);
  if (field.range === undefined || type === undefined) return type;
  if (type.kind !== 'integer') return undefined;
  const limits = integerLimits(type);
  const min = field.range.min === undefined ? limits.min : symbols.evaluate(field.range.min);
  const max = symbols.evaluate(field.range.max);
  if (min === undefined || max === undefined || min > max) return undefined;
  if (min < limits.min || max > limits.max) return undefined;
  return { ...type, range: { min, max } };
}

/** Types by schema and text. */
type Lowered = Map<Source, Map<string, WireType | undefined>>;

const lowered = new WeakMap<Symbols, Lowered>();

/**
 * The wire type that a written type means; undefined when it cannot be known. Types that are written
 * the same in one schema become one object, which is measured once.
 */
export function lowerType(symbols: Symbols, type: TypeNode): WireType | undefined {
  const { source } = type.span;
  const schemas: Lowered = lowered.get(symbols) ?? new Map();
  lowered.set(symbols, schemas);
  const types: Map<string, WireType | undefined> = schemas.get(source) ?? new Map();
  schemas.set(source, types);
  const text = textOf(type.span);
  if (types.has(text)) return types.get(text);
  const made = lowerWritten(symbols, type);
  types.set(text, made);
  return made;
}

function lowerWritten(symbols: Symbols, type: TypeNode): WireType | undefined {
  const shape = shapeOf(type);
  switch (shape.kind) {
    case 'bool':
    case 'float':
    case 'address':
    case 'rest':
      return shape;
    case 'integer':
      return { ...shape, range: undefined };
    case 'fixed-bytes': {
      const size = symbols.evaluateSize(shape.size);
      if (size === undefined || size < 1 || size > FIXED_SIZE_MAX) return undefined;
      return { kind: 'fixed-bytes', size };
    }
    case 'bytes':
    case 'string': {
      const bound = lowerBound(symbols, shape.bound, shape.prefix);
      return bound && { kind: shape.kind, prefix: shape.prefix, bound };
    }
    case 'list': {
      const bound = lowerBound(symbols, shape.bound, shape.count);
      const element = lowerType(symbols, shape.element);
      return bound && element && { kind: 'list', element, count: shape.count, bound };
    }
    case 'array': {
      const bound = lowerBound(symbols, shape.bound, 16);
      return bound && { kind: 'array', element: shape.element, bound };
    }
    case 'bits':
      return lowerBits(symbols, shape.members);
    case 'named':
      return lowerNamed(symbols, shape);
    case 'malformed':
      return undefined;
  }
}

function lowerNamed(
  symbols: Symbols,
  { name, isInline }: TypeShape & { readonly kind: 'named' },
): WireType | undefined {
  const found = symbols.find(name);
  if (found?.kind === 'codec') {
    const carrier = isInline ? undefined : lowerCarrier(symbols, found);
    return carrier && { kind: 'codec', codecName: name.text, carrier };
  }
  if (found?.kind === 'struct') return { kind: 'struct', structName: name.text, isInline };
  if (found?.kind === 'union') {
    return widthOf(found) && { kind: 'union', unionName: name.text, isInline };
  }
  if ((found?.kind !== 'enum' && found?.kind !== 'flags') || isInline) return undefined;
  const bits = widthOf(found);
  if (bits === undefined) return undefined;
  if (found.kind === 'flags') return { kind: 'flags', flagsName: name.text, bits };
  return { kind: 'enum', enumName: name.text, bits };
}

/** What a codec has on the wire; undefined when that cannot be known, or names a declaration. */
export function lowerCarrier(symbols: Symbols, { carrier }: CodecNode): WireType | undefined {
  if (carrier === undefined || declaredNameIn(carrier) !== undefined) return undefined;
  return lowerType(symbols, carrier);
}

/** The first declared type that a type names: none, where it is made of built-in types alone. */
export function declaredNameIn(type: TypeNode): Name | undefined {
  if (!BUILT_IN_TYPES.includes(type.name.text)) return type.name;
  for (const parameter of type.parameters ?? []) {
    const found = parameter.kind === 'type' ? declaredNameIn(parameter) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The stated width of an enum or flags; undefined when there is none, or not one of ours. */
export function widthOf({ width }: EnumNode): PrefixBits | undefined {
  return width !== undefined && Object.hasOwn(PREFIXES, width.text)
    ? PREFIXES[width.text]
    : undefined;
}

function lowerBits(symbols: Symbols, nodes: readonly BitsMemberNode[]): WireType | undefined {
  const members: BitsMember[] = [];
  let used = 0;
  for (const node of nodes) {
    const bits = node.size === undefined ? 1 : symbols.evaluateSize(node.size);
    if (bits === undefined || bits < 1 || bits > 8) return undefined;
    used += bits;
    members.push(lowerBitsMember(node, bits));
  }
  return used === 8 ? { kind: 'bits', members } : undefined;
}

function lowerBitsMember(node: BitsMemberNode, bits: number): BitsMember {
  if (node.name.text === '_') return { kind: 'unused', bits };
  const named = { name: node.name.text, doc: node.doc };
  if (node.enumName !== undefined) {
    return { kind: 'enum', ...named, bits, enumName: node.enumName.text };
  }
  return bits === 1 ? { kind: 'flag', ...named } : { kind: 'number', ...named, bits };
}

/** The value of a constant of that type; undefined when it does not fit. */
export function lowerConstant(
  symbols: Symbols,
  type: WireType,
  value: Value | undefined,
): ConstantValue | undefined {
  if (value === undefined) return undefined;
  if (type.kind === 'bool') {
    if (value.kind !== 'reference') return undefined;
    if (value.text !== 'true' && value.text !== 'false') return undefined;
    return { kind: 'bool', value: value.text === 'true' };
  }
  if (type.kind === 'fixed-bytes') {
    if (value.kind !== 'hex' || !/^(?:[0-9a-fA-F]{2})*$/.test(value.text)) return undefined;
    if (value.text.length !== type.size * 2) return undefined;
    return { kind: 'bytes', hex: value.text.toLowerCase() };
  }
  if (type.kind !== 'integer') return undefined;
  if (value.kind !== 'integer' && value.kind !== 'reference') return undefined;
  const number = symbols.evaluate(value);
  const { min, max } = type.range ?? integerLimits(type);
  if (number === undefined || number < min || number > max) return undefined;
  return { kind: 'integer', value: number };
}
