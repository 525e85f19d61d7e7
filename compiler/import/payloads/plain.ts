/** Payloads that pack and unpack themselves: `to_pack_list` and `from_unpack_list`. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { textOf } from '../../source/span.ts';
import type { ClassInfo } from '../names/scope.ts';
import type { Expression } from '../python/tree.ts';
import { type Context, spanOfAttribute } from './context.ts';
import { type Packing, type Part, type Resolved, widthOf } from './fields.ts';
import { type PackItem, packListOf } from './pack-list.ts';
import { resolveFormats } from './resolve-format.ts';
import { readList } from './variable.ts';

/**
 * What the class packs. `format_list` decides, since it is what unpacking reads; names come from what
 * is packed, or from the parameters of what is unpacked.
 */
export function plainPackings(info: ClassInfo, context: Context): readonly Packing[] | undefined {
  const formats = readList(info, 'format_list', context);
  if (formats === undefined) return undefined;
  const resolved = resolveFormats(formats, info, context);
  if (resolved === undefined) return undefined;
  const packed = packListOf(info, context.evaluate);
  const texts = formats.map((format) => (format.kind === 'text' ? format.text : ''));
  const isAlike =
    packed?.length === formats.length &&
    packed.every(
      ({ format }, at) => format.kind !== 'text' || texts[at] === format.text || texts[at] === '',
    );
  if (!isAlike) reportPacking(info, context);
  const names = unpackedNames(info, resolved, context);
  let from = 0;
  return resolved.map((format, at): Packing => {
    const width = widthOf(format);
    const own = names.slice(from, (from += width));
    const item = isAlike ? packed[at] : undefined;
    return { format, parts: partsOf(format, item, own) };
  });
}

function reportPacking(info: ClassInfo, { evaluate, report }: Context): void {
  const method = evaluate.attribute(info, 'to_pack_list');
  const at =
    method?.kind === 'function'
      ? method.info.definition.name.span
      : spanOfAttribute(info, 'format_list', evaluate);
  const owner = info.definition.name.name;
  const notes = ['the fields are those of `format_list`; constants among them are not known'];
  report(diagnose('python/unreadable-packing', { owner }, { at, notes }));
}

/** The parameters of `from_unpack_list`, if there is one for each value. */
function unpackedNames(
  info: ClassInfo,
  formats: readonly Resolved[],
  { evaluate }: Context,
): readonly (string | undefined)[] {
  const method = evaluate.attribute(info, 'from_unpack_list');
  const parameters = method?.kind === 'function' ? method.info.definition.parameters : [];
  const named = parameters.filter(({ star }) => star === '').slice(1);
  const wanted = formats.reduce((sum, format) => sum + widthOf(format), 0);
  return Array.from({ length: wanted }, (_, at) =>
    named.length === wanted ? named[at]?.name : undefined,
  );
}

function partsOf(
  format: Resolved,
  item: PackItem | undefined,
  names: readonly (string | undefined)[],
): readonly Part[] {
  if (item === undefined) return names.map((name) => ({ name }));
  const isSingle = item.args.length === names.length;
  const types = format.kind === 'bits' ? [] : format.types;
  return item.args.map((value, at): Part => {
    const constant = constantOf(
      value,
      format.kind === 'bits' ? 'bit' : (types[at]?.join('') ?? ''),
    );
    const parameter = isSingle ? names[at] : names[0];
    const name =
      memberName(value) ?? (constant === undefined ? (parameter ?? nameInside(value)) : undefined);
    return constant === undefined ? { name } : { name: isSingle ? parameter : undefined, constant };
  });
}

/** `self.x`. */
function memberName(value: Expression): string | undefined {
  const isOwn =
    value.kind === 'attribute' && value.object.kind === 'name' && value.object.name === 'self';
  return isOwn ? value.name : undefined;
}

/** The first member that an expression is made from. */
function nameInside({ span }: Expression): string | undefined {
  return /\bself\.(\w+)/.exec(textOf(span))?.[1];
}

/** What is written whatever the payload holds, if a constant of the type can say it. */
function constantOf(value: Expression, type: string): string | undefined {
  if (type === 'bit') {
    const isZero =
      (value.kind === 'integer' && value.value === 0n) || (value.kind === 'truth' && !value.value);
    return isZero ? '0' : undefined;
  }
  if (value.kind === 'integer' && /^[ui]\d+$/.test(type)) return String(value.value);
  if (value.kind === 'truth' && type === 'bool') return String(value.value);
  if (value.kind === 'bytes' && type === `bytes[${value.bytes.length}]`) {
    const digits = Array.from(value.bytes, (byte) => byte.toString(16).padStart(2, '0'));
    return `hex"${digits.join('')}"`;
  }
  return undefined;
}
