/**
 * Whether a decoded value is one that the schema allows: told from the model alone, so that a reader
 * or generated code that forgot a check is found out.
 */
import type { Field, VectorValue } from '../../compiler/ir/model.ts';
import type { Bound, WireType } from '../../compiler/ir/wire-type.ts';
import type { Declarations } from '../../compiler/wire/declarations.ts';

/** The path of the first value that the schema does not allow; undefined when there is none. */
export function offendingField(
  fields: readonly Field[],
  value: VectorValue,
  declarations: Declarations,
): string | undefined {
  if (typeof value !== 'object' || value.kind !== 'object') return 'value';
  for (const { constant, name, type } of fields) {
    if (constant !== undefined) continue;
    const inner = value.entries[name];
    const path = inner === undefined ? '' : offending(type, inner, declarations);
    if (path !== undefined) return path === '' ? name : `${name}.${path}`;
  }
  return undefined;
}

/** The way to what is wrong, empty for the value itself; undefined when nothing is. */
function offending(
  type: WireType,
  value: VectorValue,
  declarations: Declarations,
): string | undefined {
  const unless = (holds: boolean): string | undefined => (holds ? undefined : '');
  switch (type.kind) {
    case 'bool':
      return unless(typeof value === 'boolean');
    case 'integer': {
      const bits = BigInt(type.bits);
      const min = type.range?.min ?? (type.isSigned ? -(1n << (bits - 1n)) : 0n);
      const max = type.range?.max ?? (1n << (type.isSigned ? bits - 1n : bits)) - 1n;
      return unless(isWhole(value) && BigInt(value) >= min && BigInt(value) <= max);
    }
    case 'enum':
      return unless(isWhole(value) && value >= 0 && value < 2 ** type.bits);
    case 'float':
      return unless(typeof value === 'number');
    case 'fixed-bytes':
      return unless(sizeOf(value) === type.size);
    case 'bytes':
    case 'string':
      return unless(isWithin(sizeOf(value), type.bound));
    case 'rest':
      return unless(sizeOf(value) !== undefined);
    case 'array':
    case 'list':
      return offendingElement(type, value, declarations);
    case 'flags':
      return unless(
        typeof value === 'object' && value.kind === 'list' && value.items.length <= type.bits,
      );
    case 'bits':
      return unless(typeof value === 'object' && value.kind === 'object');
    case 'struct':
      return offendingField(declarations.struct(type.structName).fields, value, declarations);
    case 'union': {
      const variant = typeof value === 'object' && value.kind === 'object' ? value.variant : '';
      const { variants } = declarations.union(type.unionName);
      const known = variants.find(({ structName }) => structName === variant);
      if (known === undefined) return '';
      return offendingField(declarations.struct(known.structName).fields, value, declarations);
    }
    case 'address': {
      if (typeof value !== 'object' || value.kind !== 'address') return '';
      return unless(Number.isInteger(value.port) && value.port >= 0 && value.port <= 0xffff);
    }
    case 'codec':
      return offending(type.carrier, value, declarations);
  }
}

function offendingElement(
  type: Extract<WireType, { kind: 'array' | 'list' }>,
  value: VectorValue,
  declarations: Declarations,
): string | undefined {
  if (typeof value !== 'object' || value.kind !== 'list') return '';
  const isBounded = type.kind === 'array' || type.count !== 'rest' || type.bound.isStated;
  if (isBounded && !isWithin(value.items.length, type.bound)) return '';
  if (type.kind === 'array') return undefined;
  for (const [at, item] of value.items.entries()) {
    const path = offending(type.element, item, declarations);
    if (path !== undefined) return `[${at}]${path === '' ? '' : `.${path}`}`;
  }
  return undefined;
}

function isWhole(value: VectorValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function isWithin(size: number | undefined, { min, max }: Bound): boolean {
  return size !== undefined && size >= min && size <= max;
}

/** In bytes, of bytes and of text. */
function sizeOf(value: VectorValue): number | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'bytes') return value.hex.length / 2;
  return value.kind === 'text' ? new TextEncoder().encode(value.text).length : undefined;
}
