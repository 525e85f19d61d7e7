/** The packers that py-ipv8 brings (messaging/serialization.py), by what they were made with. */
import { prefixOf, structTypes } from '../payloads/formats.ts';
import type { TypeText } from '../schema/draft.ts';
import type { Value, ValueArgument } from '../values/value.ts';

/** Names of packers that others extend. */
export const LIBRARY_PACKERS: ReadonlySet<string> = new Set([
  'Address',
  'DefaultArray',
  'DefaultStruct',
  'IPv4',
  'ListOf',
  'Packer',
  'Raw',
  'VarLen',
  'VarLenUtf8',
]);

/** The type that a packer writes; undefined for one that is not known or has no type. */
export function libraryType(
  name: string,
  args: readonly ValueArgument[],
  typeOf: (packer: Value) => TypeText | undefined,
): TypeText | undefined {
  const argument = (at: number, keyword: string): Value | undefined =>
    (args.find((one) => one.name === keyword) ?? args.filter((one) => one.name === undefined)[at])
      ?.value;
  const format = (at: number, keyword: string): string | undefined => {
    const value = argument(at, keyword);
    return value?.kind === 'text' ? value.text : undefined;
  };
  switch (name) {
    case 'Raw':
      return ['rest'];
    case 'IPv4':
      return ['ipv4'];
    case 'Address': {
      const value = argument(0, 'ip_only');
      return [value?.kind === 'truth' && value.value ? 'ip' : 'address'];
    }
    case 'DefaultStruct': {
      const types = structTypes(format(0, 'format_str') ?? '');
      return types?.length === 1 ? types : undefined;
    }
    case 'DefaultArray': {
      const element = ARRAYS.get(format(0, 'format_str') ?? '');
      // The count has the machine's order of bytes, as `H` has it.
      return element === undefined || format(1, 'length_format') !== 'H'
        ? undefined
        : [`array<${element}>`];
    }
    case 'VarLen': {
      const prefix = prefixOf(format(0, 'length_format') ?? '');
      const size = argument(1, 'base') ?? { kind: 'integer', value: 1n };
      if (prefix === undefined || size.kind !== 'integer' || size.value < 1n) return undefined;
      return [size.value === 1n ? `bytes<${prefix}>` : `list<bytes[${size.value}], ${prefix}>`];
    }
    case 'VarLenUtf8': {
      const prefix = prefixOf(format(0, 'length_format') ?? '');
      return prefix === undefined ? undefined : [`string<${prefix}>`];
    }
    case 'ListOf': {
      const packer = argument(0, 'packer');
      const element = packer === undefined ? undefined : typeOf(packer);
      const prefix = prefixOf(format(1, 'length_format') ?? '>B');
      return element === undefined || prefix === undefined
        ? undefined
        : ['list<', ...element, `, ${prefix}>`];
    }
    default:
      return undefined;
  }
}

const ARRAYS: ReadonlyMap<string, string> = new Map([
  ['?', 'bool'],
  ['q', 'i64'],
  ['d', 'f64'],
]);
