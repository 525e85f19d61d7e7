/** What a written type means, before its names and numbers are looked up. */
import type { BitsMemberNode, BoundNode, Expression, Name, TypeNode } from '../ast/nodes.ts';
import type { PrefixBits } from '../ir/wire-type.ts';
import type { Span } from '../source/span.ts';
import type { CheckContext } from './context.ts';

/** A type with its parameters in their places. */
export type TypeShape =
  | { readonly kind: 'bool' }
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 32 | 64; readonly isSigned: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'fixed-bytes'; readonly size: Expression }
  | {
      readonly kind: 'bytes' | 'string';
      readonly prefix: PrefixBits;
      readonly bound: BoundNode | undefined;
    }
  | {
      readonly kind: 'list';
      readonly element: TypeNode;
      readonly count: PrefixBits | 'rest';
      readonly bound: BoundNode | undefined;
    }
  | {
      readonly kind: 'array';
      readonly element: 'i64' | 'f64' | 'bool';
      readonly bound: BoundNode | undefined;
    }
  | { readonly kind: 'bits'; readonly members: readonly BitsMemberNode[] }
  | { readonly kind: 'address'; readonly form: 'ipv4' | 'ip' | 'address' }
  | { readonly kind: 'rest' }
  | { readonly kind: 'named'; readonly name: Name; readonly isInline: boolean }
  | Malformed;

/** A type that is not written as it should be. */
export type Malformed = {
  readonly kind: 'malformed';
  readonly span: Span;
  readonly problem: string;
  readonly help: string;
};

/** Name of a prefix → its bits. */
export const PREFIXES: Readonly<Record<string, PrefixBits>> = { u8: 8, u16: 16, u32: 32 };

const SCALARS: Readonly<Record<string, TypeShape>> = {
  bool: { kind: 'bool' },
  u8: { kind: 'integer', bits: 8, isSigned: false },
  u16: { kind: 'integer', bits: 16, isSigned: false },
  u32: { kind: 'integer', bits: 32, isSigned: false },
  u64: { kind: 'integer', bits: 64, isSigned: false },
  i8: { kind: 'integer', bits: 8, isSigned: true },
  i16: { kind: 'integer', bits: 16, isSigned: true },
  i32: { kind: 'integer', bits: 32, isSigned: true },
  i64: { kind: 'integer', bits: 64, isSigned: true },
  f32: { kind: 'float', bits: 32 },
  f64: { kind: 'float', bits: 64 },
  ipv4: { kind: 'address', form: 'ipv4' },
  ip: { kind: 'address', form: 'ip' },
  address: { kind: 'address', form: 'address' },
  rest: { kind: 'rest' },
};

/** Every name that is a type without being declared. */
export const BUILT_IN_TYPES: readonly string[] = [
  ...Object.keys(SCALARS),
  'bytes',
  'string',
  'list',
  'array',
  'bits',
];

/** True for a name that is neither built in nor declared. */
export function isUnknownType({ symbols }: Pick<CheckContext, 'symbols'>, type: TypeNode): boolean {
  return !BUILT_IN_TYPES.includes(type.name.text) && symbols.find(type.name) === undefined;
}

/** The shape of a type; `malformed` says what is wrong with it. */
export function shapeOf(type: TypeNode): TypeShape {
  const name = type.name.text;
  if (type.isInline && BUILT_IN_TYPES.includes(name)) {
    return malformed(type.span, `\`${name}\` cannot be inline`, {
      help: 'only structs and unions are framed, so only they can be `inline`',
    });
  }
  const scalar = Object.hasOwn(SCALARS, name) ? SCALARS[name] : undefined;
  if (scalar !== undefined || !BUILT_IN_TYPES.includes(name)) {
    if (type.size !== undefined || type.parameters !== undefined) {
      return malformed(type.span, `\`${name}\` has no parameters`, {
        help: `write \`${name}\` alone`,
      });
    }
    return scalar ?? { kind: 'named', name: type.name, isInline: type.isInline };
  }
  if (name === 'bytes') return bytesShape(type);
  if (name === 'string') return prefixedShape(type, 'string');
  if (name === 'list') return listShape(type);
  return name === 'array' ? arrayShape(type) : bitsShape(type);
}

function bytesShape(type: TypeNode): TypeShape {
  if (type.size !== undefined) return { kind: 'fixed-bytes', size: type.size };
  return prefixedShape(type, 'bytes');
}

function prefixedShape(type: TypeNode, kind: 'bytes' | 'string'): TypeShape {
  const [prefix, bound, more] = type.parameters ?? [];
  const help =
    kind === 'bytes'
      ? 'write `bytes[20]`, `bytes<u16>` or `bytes<u16, ..170>`'
      : 'write `string<u16>` or `string<u16, ..170>`';
  const bits = prefixBits(prefix);
  if (bits === undefined) {
    return malformed(prefix?.span ?? type.span, `\`${kind}\` needs the size of its length`, {
      help,
    });
  }
  if (isNotBound(bound) || more !== undefined || type.size !== undefined) {
    return malformed((more ?? bound ?? type).span, `\`${kind}\` does not take this parameter`, {
      help,
    });
  }
  return { kind, prefix: bits, bound: boundOf(bound) };
}

function listShape(type: TypeNode): TypeShape {
  const [element, count, bound, more] = type.parameters ?? [];
  const help = 'write `list<T, u8>`, `list<T, u16, ..8>` or `list<T, rest>`';
  if (element === undefined || element.kind === 'bound') {
    return malformed(element?.span ?? type.span, '`list` needs the type of its elements', { help });
  }
  const isRest = count?.kind === 'type' && isPlain(count, 'rest');
  const bits = isRest ? 'rest' : prefixBits(count);
  if (bits === undefined) {
    return malformed(count?.span ?? type.span, '`list` needs the size of its count', { help });
  }
  if (isNotBound(bound) || more !== undefined || type.size !== undefined) {
    return malformed((more ?? bound ?? type).span, '`list` does not take this parameter', { help });
  }
  return { kind: 'list', element, count: bits, bound: boundOf(bound) };
}

function arrayShape(type: TypeNode): TypeShape {
  const [element, bound, more] = type.parameters ?? [];
  const help = 'write `array<i64>`, `array<f64>` or `array<bool>`, with a bound behind a comma';
  const name = element?.kind === 'type' && isPlain(element) ? element.name.text : undefined;
  if (name !== 'i64' && name !== 'f64' && name !== 'bool') {
    return malformed(element?.span ?? type.span, '`array` holds `i64`, `f64` or `bool`', { help });
  }
  if (isNotBound(bound) || more !== undefined || type.size !== undefined) {
    return malformed((more ?? bound ?? type).span, '`array` does not take this parameter', {
      help,
    });
  }
  return { kind: 'array', element: name, bound: boundOf(bound) };
}

function bitsShape(type: TypeNode): TypeShape {
  if (type.members !== undefined) return { kind: 'bits', members: type.members };
  return malformed(type.span, '`bits` needs its members', {
    help: 'write `bits { first, second, _[6] }`',
  });
}

function malformed(span: Span, problem: string, { help }: { readonly help: string }): Malformed {
  return { kind: 'malformed', span, problem, help };
}

function prefixBits(parameter: TypeNode | BoundNode | undefined): PrefixBits | undefined {
  if (parameter?.kind !== 'type' || !isPlain(parameter)) return undefined;
  const name = parameter.name.text;
  return Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
}

function isPlain(type: TypeNode, name = type.name.text): boolean {
  const { size, parameters, members, isInline } = type;
  const isBare = size === undefined && parameters === undefined && members === undefined;
  return isBare && !isInline && type.name.text === name;
}

function isNotBound(parameter: TypeNode | BoundNode | undefined): boolean {
  return parameter !== undefined && parameter.kind !== 'bound';
}

function boundOf(parameter: TypeNode | BoundNode | undefined): BoundNode | undefined {
  return parameter?.kind === 'bound' ? parameter : undefined;
}
