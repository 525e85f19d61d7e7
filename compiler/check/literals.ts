/** Written values → plain data, by the types of the fields they are for. */
import type { FieldNode, LiteralNode, Name } from '../ast/nodes.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { VectorValue } from '../ir/model.ts';
import type { BitsMember, WireType } from '../ir/wire-type.ts';
import { readLeaf, type LeafType } from './leaf-literals.ts';
import { lowerFieldType } from './lower-type.ts';
import { suggestName } from './near-name.ts';
import type { Symbols } from './symbols.ts';

/** Where values are read: what names mean, and who is told what does not fit. */
export type Reader = {
  readonly symbols: Symbols;
  readonly report: (diagnostic: Diagnostic) => void;
};

export type ObjectLiteral = Extract<LiteralNode, { readonly kind: 'object' }>;

type Owner = { readonly name: Name; readonly fields: readonly FieldNode[] };

/** The value of a struct or message; undefined when any part of it does not fit. */
export function readFields(
  reader: Reader,
  owner: Owner,
  literal: ObjectLiteral,
): Extract<VectorValue, { readonly kind: 'object' }> | undefined {
  const wanted = owner.fields.filter(({ isConstant }) => !isConstant);
  const found = matchEntries(reader, literal, {
    owner: owner.name.text,
    names: wanted.map(({ name }) => name.text),
  });
  const entries = [...found].map(([name, value]) => {
    const field = wanted.find((one) => one.name.text === name);
    // A type that cannot be known has been reported as that.
    const type = field === undefined ? undefined : lowerFieldType(reader.symbols, field);
    return [name, type && readLiteral(reader, type, { field: name, literal: value })] as const;
  });
  const isWhole = entries.length === wanted.length && found.size === literal.entries.length;
  return isWhole ? objectOf(entries) : undefined;
}

/** A value and the field that it is for. */
export type Given = { readonly field: string; readonly literal: LiteralNode };

/** The plain data of a value of that type; undefined when it does not fit, which is reported. */
function readLiteral(reader: Reader, type: WireType, given: Given): VectorValue | undefined {
  switch (type.kind) {
    case 'codec':
      return readLiteral(reader, type.carrier, given);
    case 'struct':
      return readStruct(reader, type.structName, given);
    case 'union':
      return readVariant(reader, type.unionName, given);
    case 'list': {
      const items = readItems(reader, given, type);
      return items && { kind: 'list', items };
    }
    case 'bits':
      return readBits(reader, type.members, given);
    default:
      return readPlain(reader, type, given);
  }
}

function readPlain(reader: Reader, type: LeafType, given: Given): VectorValue | undefined {
  const read = readLeaf(reader.symbols, type, given.literal);
  if ('value' in read) return read.value;
  refuse(reader, given, read.wanted, read.near);
  return undefined;
}

function readStruct(reader: Reader, name: string, given: Given): VectorValue | undefined {
  const struct = reader.symbols.findAnywhere(name);
  const { literal } = given;
  if (struct?.kind !== 'struct') return undefined;
  if (literal.kind === 'object' && literal.variant === undefined) {
    return readFields(reader, struct, literal);
  }
  refuse(reader, given, 'the values of its fields: `{ name: value }`');
  return undefined;
}

function readVariant(reader: Reader, name: string, given: Given): VectorValue | undefined {
  const union = reader.symbols.findAnywhere(name);
  const { literal } = given;
  if (union?.kind !== 'union') return undefined;
  const names = union.members.map((member) => member.name.text);
  const variant = literal.kind === 'object' ? literal.variant : undefined;
  const struct = variant === undefined ? undefined : reader.symbols.findAnywhere(variant.text);
  if (literal.kind === 'object' && variant !== undefined && names.includes(variant.text)) {
    if (struct?.kind !== 'struct') return undefined;
    const value = readFields(reader, struct, literal);
    return value && { ...value, variant: variant.text };
  }
  const wanted = `one of its structs in front of the values: \`${names[0] ?? 'Struct'} { … }\``;
  refuse(reader, given, wanted, variant && { name: variant, names });
  return undefined;
}

function readItems(
  reader: Reader,
  given: Given,
  { bound, element }: Extract<WireType, { readonly kind: 'list' }>,
): readonly VectorValue[] | undefined {
  const { field, literal } = given;
  if (literal.kind !== 'list') {
    refuse(reader, given, 'a list: `[…]`');
    return undefined;
  }
  if (literal.items.length < bound.min || literal.items.length > bound.max) {
    refuse(reader, given, `${bound.min} to ${bound.max} elements`);
    return undefined;
  }
  const items = literal.items.map((item) => readLiteral(reader, element, { field, literal: item }));
  const whole = items.filter((item) => item !== undefined);
  return whole.length === items.length ? whole : undefined;
}

function readBits(
  reader: Reader,
  members: readonly BitsMember[],
  given: Given,
): VectorValue | undefined {
  const { field, literal } = given;
  if (literal.kind !== 'object' || literal.variant !== undefined) {
    refuse(reader, given, 'the values of its bits: `{ name: value }`');
    return undefined;
  }
  const wanted = members.filter((member) => member.kind !== 'unused');
  const names = wanted.map(({ name }) => name);
  const found = matchEntries(reader, literal, { owner: field, names });
  const entries = [...found].map(([name, value]) => {
    const member = wanted.find((one) => one.name === name);
    const type = member === undefined ? undefined : typeOfBits(member);
    return [name, type && readPlain(reader, type, { field: name, literal: value })] as const;
  });
  const isWhole = entries.length === wanted.length && found.size === literal.entries.length;
  return isWhole ? objectOf(entries) : undefined;
}

function typeOfBits(member: Exclude<BitsMember, { readonly kind: 'unused' }>): LeafType {
  if (member.kind === 'flag') return { kind: 'bool' };
  const max = (1n << BigInt(member.bits)) - 1n;
  const integer = { kind: 'integer', bits: 8, isSigned: false, range: { min: 0n, max } } as const;
  if (member.kind === 'number') return integer;
  return { ...integer, enumName: member.enumName };
}

/** The first value for each name. Reports names that take none, repeated and missing ones. */
function matchEntries(
  { report }: Reader,
  literal: ObjectLiteral,
  { names, owner }: { readonly owner: string; readonly names: readonly string[] },
): ReadonlyMap<string, LiteralNode> {
  const found = new Map<string, LiteralNode>();
  const meant = new Set<string>();
  for (const { name, value } of literal.entries) {
    const at = name.span;
    if (!names.includes(name.text)) {
      const parameters = { field: name.text, owner };
      const suggestions = suggestName(name, names);
      for (const { edits } of suggestions) for (const one of edits) meant.add(one.replacement);
      report(diagnose('vector/unknown-field', parameters, { at, suggestions }));
    } else if (found.has(name.text)) {
      report(diagnose('vector/repeated-field', { field: name.text }, { at }));
    } else {
      found.set(name.text, value);
    }
  }
  // A misspelt name is one fault.
  const missing = names.filter((name) => !found.has(name) && !meant.has(name));
  if (missing.length > 0) {
    const { end } = literal.span;
    const fields = missing.map((name) => `\`${name}\``).join(', ');
    const details = { at: { ...literal.span, start: end - 1 }, label: 'ends here' };
    report(diagnose('vector/missing-field', { fields, owner }, details));
  }
  return found;
}

function objectOf(
  entries: readonly (readonly [name: string, value: VectorValue | undefined])[],
): Extract<VectorValue, { readonly kind: 'object' }> | undefined {
  const whole = entries.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  if (whole.length !== entries.length) return undefined;
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(whole) };
}

function refuse(
  { report }: Reader,
  { field, literal }: Given,
  wanted: string,
  near?: { readonly name: Name; readonly names: readonly string[] },
): void {
  const suggestions = near === undefined ? [] : suggestName(near.name, near.names);
  const details = { at: near?.name.span ?? literal.span, help: [`write ${wanted}`], suggestions };
  report(diagnose('vector/value', { field }, details));
}
