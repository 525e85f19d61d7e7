/** The formats of py-ipv8's serializer (messaging/serialization.py) as types of the schema language. */

/** One format that is no class: the types of its parts, most of them one. */
export type Format =
  | { readonly kind: 'types'; readonly types: readonly string[] }
  /** Eight names, one byte. */
  | { readonly kind: 'bits' };

const TYPES: ReadonlyMap<string, string> = new Map([
  ['varlenH', 'bytes<u16>'],
  ['doublevarlenH', 'bytes<u16>'],
  ['varlenI', 'bytes<u32>'],
  ['varlenHutf8', 'string<u16>'],
  ['varlenIutf8', 'string<u32>'],
  ['varlenH-list', 'list<bytes<u16>, u8>'],
  ['varlenBx2', 'list<bytes[2], u8>'],
  ['varlenHx20', 'list<bytes[20], u16>'],
  ['ipv4', 'ipv4'],
  ['ip_address', 'ip'],
  ['address', 'address'],
  ['raw', 'rest'],
  ['arrayH-?', 'array<bool>'],
  ['arrayH-q', 'array<i64>'],
  ['arrayH-d', 'array<f64>'],
]);

/** What formats may be called, for what cannot be found. */
export const FORMAT_NAMES: readonly string[] = [...TYPES.keys(), 'bits'];

/** A format of the serializer that every overlay has; undefined for another one. */
export function formatOf(name: string): Format | undefined {
  if (name === 'bits') return { kind: 'bits' };
  const type = TYPES.get(name);
  if (type !== undefined) return { kind: 'types', types: [type] };
  // `4SH` is the serializer's own name for 4sH.
  const types = structTypes(`>${name.replace('S', 's')}`);
  return types === undefined || types.length === 0 ? undefined : { kind: 'types', types };
}

/** The letters of Python's `struct`, in standard sizes. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['?', 'bool'],
  ['b', 'i8'],
  ['B', 'u8'],
  ['h', 'i16'],
  ['H', 'u16'],
  ['i', 'i32'],
  ['I', 'u32'],
  ['l', 'i32'],
  ['L', 'u32'],
  ['q', 'i64'],
  ['Q', 'u64'],
  ['f', 'f32'],
  ['d', 'f64'],
  ['c', 'bytes[1]'],
]);

/**
 * The types of what `struct.pack` writes, part by part; undefined for what has another order of
 * bytes, or bytes without a meaning.
 */
export function structTypes(format: string): readonly string[] | undefined {
  const [, order = '', letters = ''] = /^([@=<>!]?)(.*)$/s.exec(format.replace(/\s/g, '')) ?? [];
  const parts = letters.match(/\d*[a-zA-Z?]/g) ?? [];
  if (parts.join('') !== letters) return undefined;
  const types: string[] = [];
  const isOrdered = order === '>' || order === '!';
  for (const part of parts) {
    const letter = part.at(-1) ?? '';
    const count = part.length === 1 ? 1 : Number(part.slice(0, -1));
    if (count < 1 || count > PARTS_MAX || types.length > PARTS_MAX) return undefined;
    if (letter === 's') {
      types.push(`bytes[${count}]`);
      continue;
    }
    const type = LETTERS.get(letter);
    if (type === undefined) return undefined;
    types.push(...Array.from({ length: count }, () => type));
    // Single bytes are the same in every order.
    if (!/^[?bBc]$/.test(letter) && !isOrdered) return undefined;
  }
  return types;
}

/** Longer than a packet. */
const PARTS_MAX = 1_400;

/** `>H` in front of something: the prefix that it is. */
export function prefixOf(format: string): string | undefined {
  const [type, ...more] = structTypes(format) ?? [];
  return more.length === 0 && /^u(?:8|16|32)$/.test(type ?? '') ? type : undefined;
}
