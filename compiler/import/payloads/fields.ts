/** Formats and names → fields. */
import { fieldName } from '../names/spelling.ts';
import type { FieldDraft, TypeText } from '../schema/draft.ts';

/** A format that is understood. */
export type Resolved =
  { readonly kind: 'types'; readonly types: readonly TypeText[] } | { readonly kind: 'bits' };

/** One value in Python: its name, or what is always written. */
export type Part = {
  /** Undefined for one that nothing names. */
  readonly name: string | undefined;
  /** As the schema language writes it: `0x59`, `hex"59"`. */
  readonly constant?: string;
  readonly doc?: string;
};

/** A format with the values that it packs: eight of bits, otherwise one for all types or for each. */
export type Packing = { readonly format: Resolved; readonly parts: readonly Part[] };

/** How many values a format takes from a list of names. */
export function widthOf(format: Resolved): number {
  return format.kind === 'bits' ? 8 : 1;
}

/** The fields in their order, each under a name of its own. */
export function fieldsOf(packings: readonly Packing[]): readonly FieldDraft[] {
  const used = new Set<string>();
  const unused = (name: string): string => {
    let free = name;
    for (let at = 2; used.has(free); at += 1) free = `${name}_${at}`;
    used.add(free);
    return free;
  };
  return packings.flatMap(({ format, parts }): readonly FieldDraft[] => {
    if (format.kind === 'bits') {
      return [{ name: unused('flags'), type: [`bits { ${bitsOf(parts).join(', ')} }`] }];
    }
    const { types } = format;
    const [first] = parts;
    return types.map((type, at): FieldDraft => {
      // A tuple under one name is told apart by numbers.
      const part = parts.length === types.length ? parts[at] : first;
      const isShared = parts.length !== types.length;
      const plain = fieldName(part?.name ?? (part?.constant === undefined ? 'field' : 'tag'));
      const { constant, doc } = part ?? {};
      return {
        name: unused(isShared ? `${plain}_${at + 1}` : plain),
        type,
        ...(constant === undefined ? {} : { constant }),
        ...(doc === undefined ? {} : { doc }),
      };
    });
  });
}

/** Bits that are always 0 have no name; those side by side are one. */
function bitsOf(parts: readonly Part[]): readonly string[] {
  const members: string[] = [];
  const used = new Set<string>();
  let padding = 0;
  const flush = (): void => {
    if (padding > 0) members.push(padding === 1 ? '_' : `_[${padding}]`);
    padding = 0;
  };
  parts.forEach((part, at) => {
    if (part.constant === '0' || part.constant === 'false') {
      padding += 1;
      return;
    }
    flush();
    const plain = part.name === undefined ? `bit_${at}` : fieldName(part.name);
    const name = used.has(plain) ? `${plain}_${at}` : plain;
    used.add(name);
    members.push(name);
  });
  flush();
  return members;
}
