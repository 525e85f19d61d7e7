/** Payloads with `format_list` and `names`. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import type { Value } from '../values/value.ts';
import { type Context, spanOfAttribute } from './context.ts';
import { fieldDocs } from './field-docs.ts';
import { type Packing, widthOf } from './fields.ts';
import { resolveFormats } from './resolve-format.ts';
import { reportHooks } from './value-hooks.ts';

/** What the class packs; undefined, and reported, when that is not written out. */
export function variablePackings(
  info: ClassInfo,
  context: Context,
): readonly Packing[] | undefined {
  const formats = readList(info, 'format_list', context);
  const names = readTexts(info, context);
  if (formats === undefined || names === undefined) return undefined;
  const resolved = resolveFormats(formats, info, context);
  if (resolved === undefined) return undefined;
  const wanted = resolved.reduce((sum, format) => sum + widthOf(format), 0);
  if (wanted !== names.length) {
    const owner = info.definition.name.name;
    const at = spanOfAttribute(info, 'names', context.evaluate);
    const parameters = { owner, names: String(names.length), values: String(wanted) };
    const notes = ['"bits" takes eight names, every other format one'];
    context.report(diagnose('python/names-and-formats', parameters, { at, notes }));
    return undefined;
  }
  reportHooks(info, names, context);
  const docs = fieldDocs(info, context);
  let at = 0;
  return resolved.map((format) => {
    const own = names.slice(at, (at += widthOf(format)));
    const parts = own.map((name) => {
      const doc = docs.get(name);
      return doc === undefined ? { name } : { name, doc };
    });
    return { format, parts };
  });
}

/** A list in a class attribute; empty when the class has none, as py-ipv8 has it. */
export function readList(
  info: ClassInfo,
  name: string,
  context: Context,
): readonly Value[] | undefined {
  const value = context.evaluate.attribute(info, name);
  if (value === undefined) return [];
  if (value.kind === 'list') {
    const hidden = value.items.find(({ kind }) => kind === 'unknown');
    if (hidden === undefined) return value.items;
  }
  reportUnreadable(info, name, value, context);
  return undefined;
}

/** Says that something is not written out. */
export function reportUnreadable(
  info: ClassInfo,
  what: string,
  value: Value,
  { evaluate, report }: Context,
): void {
  const owner = info.definition.name.name;
  const stated = spanOfAttribute(info, what, evaluate);
  // The place where it is hidden, if that is in the same file.
  const isHere = value.kind === 'unknown' && value.span.source === stated.source;
  const at = isHere ? value.span : stated;
  const help = ['write it out, without code that has to run'];
  report(diagnose('python/unreadable-value', { owner, what }, { at, help }));
}

function readTexts(info: ClassInfo, context: Context): readonly string[] | undefined {
  const values = readList(info, 'names', context);
  const texts = values?.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  if (values === undefined || texts?.length === values.length) return texts;
  reportUnreadable(info, 'names', { kind: 'list', items: values }, context);
  return undefined;
}
