/** A value with its bytes, or bytes alone, as a declaration to paste into a schema. */
import { parseAddress, printAddress, createAddress } from '../../runtime/address/text.ts';
import type { Field, VectorValue } from '../ir/model.ts';
import { placeBits } from '../ir/place-bits.ts';
import type { WireType } from '../ir/wire-type.ts';
import type { Declarations, Root } from '../wire/declarations.ts';

export type VectorParts = {
  readonly name: string;
  readonly root: Root;
  readonly hex: string;
  readonly declarations: Declarations;
};

/** Undefined for a value that no schema can write: not-a-number, infinity, some texts and names. */
export function vectorText(value: VectorValue, parts: VectorParts): string | undefined {
  const { declarations, hex, name, root } = parts;
  if ('variants' in root) return undefined;
  try {
    const fields = fieldsText(root.fields, value, { declarations, indent: '' });
    return `vector ${quoted(name)} ${root.name} ${fields} = hex"${hex}"`;
  } catch (error) {
    if (error instanceof Unwritable) return undefined;
    throw error;
  }
}

export function malformedText({ hex, name, root }: Omit<VectorParts, 'declarations'>): string {
  return `malformed ${quoted(name)} ${root.name} hex"${hex}"`;
}

/** No literal says it. */
class Unwritable extends Error {}

type Context = { readonly declarations: Declarations; readonly indent: string };

function fieldsText(fields: readonly Field[], value: VectorValue, context: Context): string {
  const entries = entriesOf(value);
  const own = fields.filter(({ constant }) => constant === undefined);
  if (own.length === 0) return '{}';
  const indent = `${context.indent}  `;
  const lines = own.map(({ name, type }) => {
    return `${indent}${name}: ${text(type, entries[name], { ...context, indent })}\n`;
  });
  return `{\n${lines.join('')}${context.indent}}`;
}

function text(type: WireType, value: VectorValue | undefined, context: Context): string {
  const { declarations, indent } = context;
  if (value === undefined) throw new Unwritable();
  switch (type.kind) {
    case 'codec':
      return text(type.carrier, value, context);
    case 'enum':
      return memberText(declarations.valueNames(type.enumName), value);
    case 'flags': {
      const names = declarations.valueNames(type.flagsName);
      return `[${itemsOf(value)
        .map((bit) => memberText(names, bit))
        .join(', ')}]`;
    }
    case 'bits': {
      const entries = entriesOf(value);
      const words = placeBits(type.members).map(({ member }) => {
        const bit = entries[member.name];
        const names = member.kind === 'enum' ? declarations.valueNames(member.enumName) : NOBODY;
        return `${member.name}: ${bit === undefined ? '' : memberText(names, bit)}`;
      });
      return words.length === 0 ? '{}' : `{ ${words.join(', ')} }`;
    }
    case 'array':
      return `[${itemsOf(value).map(plainText).join(', ')}]`;
    case 'list': {
      const items = itemsOf(value);
      if (items.length === 0) return '[]';
      const inner = { ...context, indent: `${indent}  ` };
      const lines = items.map((item) => `${inner.indent}${text(type.element, item, inner)}`);
      return `[\n${lines.join(',\n')}\n${indent}]`;
    }
    case 'struct':
      return fieldsText(declarations.struct(type.structName).fields, value, context);
    case 'union': {
      const variant = typeof value === 'object' && value.kind === 'object' ? value.variant : '';
      const { fields } = declarations.struct(variant ?? '');
      return `${variant} ${fieldsText(fields, value, context)}`;
    }
    default:
      return plainText(value);
  }
}

const NOBODY: ReadonlyMap<number, string> = new Map();

function memberText(names: ReadonlyMap<number, string>, value: VectorValue): string {
  return (typeof value === 'number' ? names.get(value) : undefined) ?? plainText(value);
}

function plainText(value: VectorValue): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'bytes':
      return `hex"${value.hex}"`;
    case 'text':
      return quoted(value.text);
    case 'address':
      return addressText(value.host, value.port);
    default:
      throw new Unwritable();
  }
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Unwritable();
  return Object.is(value, -0) ? '-0.0' : String(value).replace('e+', 'e');
}

function addressText(host: string, port: number): string {
  const address = createAddress(host, port);
  const written = printAddress(address);
  const read = parseAddress(written);
  // A name that is none is on the wire what any other is, but nobody can write it.
  if (read?.host !== host || read.port !== port) throw new Unwritable();
  return address.kind === 'domain' ? quoted(written) : written;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

function quoted(words: string): string {
  // What nobody sees, and what stands for bytes that are no text.
  if (/[^\P{C}\n\r\t]|[\u2028\u2029\ufffd]/u.test(words)) throw new Unwritable();
  return `"${words.replace(/[\n\r\t"\\]/g, (one) => ESCAPES[one] ?? one)}"`;
}

function entriesOf(value: VectorValue): Readonly<Record<string, VectorValue>> {
  if (typeof value !== 'object' || value.kind !== 'object') throw new Unwritable();
  return value.entries;
}

function itemsOf(value: VectorValue): readonly VectorValue[] {
  if (typeof value !== 'object' || value.kind !== 'list') throw new Unwritable();
  return value.items;
}
