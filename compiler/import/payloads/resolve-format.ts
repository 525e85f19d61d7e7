/** An entry of `format_list` → types. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import { nameOf, type Value } from '../values/value.ts';
import { type Context, spanOfAttribute } from './context.ts';
import type { Resolved } from './fields.ts';
import { formatOf } from './formats.ts';

/** The formats of a class; undefined, and reported, when one of them is not known. */
export function resolveFormats(
  formats: readonly Value[],
  info: ClassInfo,
  context: Context,
): readonly Resolved[] | undefined {
  const found = formats.map((format) => resolveFormat(format, info, context));
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** One format; undefined when it is not known, which is reported. */
export function resolveFormat(
  format: Value,
  info: ClassInfo,
  context: Context,
): Resolved | undefined {
  if (format.kind === 'text') {
    const added = context.packers.find(format.text);
    if (added?.isKnown === true) return { kind: 'types', types: [added.type] };
    const known = formatOf(format.text);
    if (added === undefined && known !== undefined) {
      if (known.kind === 'bits') return known;
      return { kind: 'types', types: known.types.map((type) => [type]) };
    }
  }
  const isList = format.kind === 'list' && format.items.length === 1;
  const [inner] = isList ? format.items : [format];
  if (inner?.kind === 'class') {
    const struct = context.structOf(inner.info);
    if (struct !== undefined) {
      return { kind: 'types', types: [isList ? ['list<', struct, ', u8>'] : [struct]] };
    }
  }
  reportFormat(format, info, context);
  return undefined;
}

function reportFormat(format: Value, info: ClassInfo, context: Context): void {
  const { evaluate, packers, report } = context;
  const [inner = format] = format.kind === 'list' ? format.items : [format];
  const shown = format.kind === 'text' ? format.text : nameOf(inner) || '…';
  const notes: string[] = [];
  const help: string[] = [];
  if (format.kind === 'text') {
    if (packers.find(shown) === undefined) {
      help.push(`import the file with \`add_packer("${shown}", …)\` too`);
    } else notes.push(`what is added as \`${shown}\` could not be imported`);
  } else if (inner.kind === 'library') {
    const where = inner.from === '' ? '' : ` from \`${inner.from}\``;
    notes.push(`\`${shown}\`${where} is in none of the files`);
    help.push('import the file with that class too');
  } else if (inner.kind === 'class') {
    notes.push(`\`${shown}\` could not be imported`);
  } else notes.push('a format is a text, a class, or a class in a list');
  const parameters = { owner: info.definition.name.name, format: shown };
  const at = spanOfAttribute(info, 'format_list', evaluate);
  report(diagnose('python/unknown-format', parameters, { at, notes, help }));
}
