/** How many bytes a value takes on the wire: the facts behind doc comments and size checks. */
import type { ConstantValue, Field, Struct, Union } from './model.ts';
import type { Bound, PrefixBits, WireType } from './wire-type.ts';

/**
 * Smallest and largest size in bytes. `max` is undefined when the value runs to the end (`rest`).
 */
export type Size = { readonly min: number; readonly max: number | undefined };

/** Finds a struct or union by its name. */
export type StructLookup = (name: string) => Struct | Union | undefined;

const NOTHING: Size = { min: 0, max: 0 };

/** The tag, 16 address bytes and the port. */
const IPV6_SIZE = 19;

/** The longest name of an `address` is what its 16-bit length can say: tag, length, name, port. */
const DOMAIN_SIZE_MAX = 1 + 2 + 0xffff + 2;

/** Size of fields in a row. Struct references must not form a cycle: the checks refuse one. */
export function sizeOfFields(fields: readonly Field[], structs: StructLookup): Size {
  let size = NOTHING;
  for (const field of fields) size = add(size, sizeOfField(field, structs));
  return size;
}

/** Size of one field; a constant always takes the same. */
export function sizeOfField(field: Field, structs: StructLookup): Size {
  const { constant, type } = field;
  if (constant?.kind === 'bytes') return exactly(prefixSize(type) + constantSize(constant));
  return sizeOfType(type, structs);
}

/** Size of a value of this type. */
export function sizeOfType(type: WireType, structs: StructLookup): Size {
  switch (type.kind) {
    case 'bool':
    case 'bits':
      return exactly(1);
    case 'integer':
    case 'float':
    case 'enum':
    case 'flags':
      return exactly(type.bits / 8);
    case 'fixed-bytes':
      return exactly(type.size);
    case 'bytes':
    case 'string':
      return add(exactly(type.prefix / 8), times(exactly(1), type.bound));
    case 'list':
      return listSize(type.count, sizeOfType(type.element, structs), type.bound);
    case 'array':
      return add(exactly(2), times(exactly(type.element === 'bool' ? 1 : 8), type.bound));
    case 'struct': {
      const content = sizeOfDeclared(type.structName, structs);
      return type.isInline ? content : framed(content);
    }
    case 'union': {
      const content = sizeOfDeclared(type.unionName, structs);
      return type.isInline ? content : framed(content);
    }
    case 'address':
      return addressSize(type.form);
    case 'codec':
      return sizeOfType(type.carrier, structs);
    case 'rest':
      return { min: 0, max: undefined };
  }
}

/** Size of a struct's fields, or of a union's tag and what is behind it. */
export function sizeOfDeclared(name: string, structs: StructLookup): Size {
  const declared = structs(name);
  if (declared === undefined) return NOTHING;
  if (declared.kind === 'struct') return sizeOfFields(declared.fields, structs);
  const sizes = declared.variants.map(({ structName }) => sizeOfDeclared(structName, structs));
  const isOpen = sizes.some(({ max }) => max === undefined);
  const content: Size = {
    min: Math.min(...sizes.map(({ min }) => min)),
    max: isOpen ? undefined : Math.max(...sizes.map(({ max }) => max ?? 0)),
  };
  return add(exactly(declared.bits / 8), content);
}

function addressSize(form: 'ipv4' | 'ip' | 'address'): Size {
  if (form === 'ipv4') return exactly(6);
  if (form === 'ip') return { min: 7, max: IPV6_SIZE };
  return { min: 5, max: DOMAIN_SIZE_MAX };
}

function listSize(count: PrefixBits | 'rest', element: Size, bound: Bound): Size {
  const elements = times(element, bound);
  if (count !== 'rest') return add(exactly(count / 8), elements);
  return bound.isStated ? elements : { min: elements.min, max: undefined };
}

/** A frame holds at most what its 16-bit length can say. */
function framed(content: Size): Size {
  return { min: 2 + content.min, max: 2 + Math.min(content.max ?? 0xffff, 0xffff) };
}

function prefixSize(type: WireType): number {
  return type.kind === 'bytes' || type.kind === 'string' ? type.prefix / 8 : 0;
}

function constantSize(constant: Extract<ConstantValue, { kind: 'bytes' }>): number {
  return constant.hex.length / 2;
}

function exactly(size: number): Size {
  return { min: size, max: size };
}

function add(a: Size, b: Size): Size {
  return { min: a.min + b.min, max: sum(a.max, b.max) };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function times(element: Size, bound: Bound): Size {
  const max = element.max === undefined ? undefined : element.max * bound.max;
  return { min: element.min * bound.min, max: bound.max === 0 ? 0 : max };
}
