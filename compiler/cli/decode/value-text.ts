/** Values of packets in words. */
import { createAddress, printAddress } from '../../../runtime/index.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { VectorValue } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import type { Declarations } from '../../wire/declarations.ts';
import { counted } from '../counted.ts';

/** What the names of values are looked up in. */
type Names = Pick<Declarations, 'valueNames'>;

/** A value on one line. What has elements or fields of its own says how many, or which. */
export function valueText(type: WireType | undefined, value: VectorValue, names: Names): string {
  switch (type?.kind) {
    case 'codec':
      return `${type.codecName}: ${valueText(type.carrier, value, names)}`;
    case 'enum':
      return numberText(Number(value), names.valueNames(type.enumName));
    case 'flags':
      return flagsText(value, names.valueNames(type.flagsName));
    case 'bits':
      return bitsText(type, value, names);
    case 'array':
      return typeof value === 'object' && value.kind === 'list'
        ? `[${value.items.map(plainText).join(', ')}]`
        : plainText(value);
    default:
      return plainText(value);
  }
}

function plainText(value: VectorValue): string {
  if (typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  switch (value.kind) {
    case 'bytes':
      return counted(value.hex.length / 2, 'byte');
    case 'text':
      return printable(JSON.stringify(value.text));
    case 'address':
      return printable(printAddress(createAddress(value.host, value.port)));
    case 'list':
      return counted(value.items.length, 'element');
    case 'object':
      return value.variant ?? '';
  }
}

function numberText(number: number, names: ReadonlyMap<number, string>): string {
  const name = names.get(number);
  return name === undefined ? `${number}, which has no name` : `${name} (${number})`;
}

function flagsText(value: VectorValue, names: ReadonlyMap<number, string>): string {
  if (typeof value !== 'object' || value.kind !== 'list') return plainText(value);
  const texts = value.items.map((bit) => names.get(Number(bit)) ?? `0x${Number(bit).toString(16)}`);
  return texts.length === 0 ? 'none' : texts.join(' | ');
}

function bitsText(
  type: Extract<WireType, { kind: 'bits' }>,
  value: VectorValue,
  names: Names,
): string {
  if (typeof value !== 'object' || value.kind !== 'object') return plainText(value);
  const texts = type.members.flatMap((member) => {
    if (member.kind === 'unused') return [];
    const part = value.entries[member.name];
    if (member.kind === 'flag') return part === true ? [member.name] : [];
    const text =
      member.kind === 'enum'
        ? numberText(Number(part), names.valueNames(member.enumName))
        : String(part);
    return [`${member.name}: ${text}`];
  });
  return texts.length === 0 ? 'none' : texts.join(', ');
}
