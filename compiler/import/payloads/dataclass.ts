/** Payloads whose formats are annotations. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../source/span.ts';
import type { ClassInfo } from '../names/scope.ts';
import { childrenOf, parseText } from '../python/node.ts';
import { statementsOf } from '../python/statements.ts';
import type { Expression } from '../python/tree.ts';
import { nameOf, type Value } from '../values/value.ts';
import type { Context } from './context.ts';
import { fieldDocs } from './field-docs.ts';
import type { Packing } from './fields.ts';
import { resolveFormat } from './resolve-format.ts';
import { reportHooks } from './value-hooks.ts';

/** As `type_map` of messaging/payload_dataclass.py has them. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['bool', '?'],
  ['int', 'q'],
  ['float', 'd'],
  ['bytes', 'varlenH'],
  ['str', 'varlenHutf8'],
]);

/** Of lists of them. */
const ARRAYS: ReadonlyMap<string, string> = new Map([
  ['bool', 'arrayH-?'],
  ['int', 'arrayH-q'],
  ['float', 'arrayH-d'],
]);

type Annotated = {
  readonly name: string;
  readonly annotation: Expression;
  readonly info: ClassInfo;
  readonly span: Span;
};

/** What the class packs; undefined, and reported, when an annotation is no format. */
export function dataclassPackings(
  info: ClassInfo,
  context: Context,
): readonly Packing[] | undefined {
  const fields = annotationsOf(info, context);
  const docs = fieldDocs(info, context);
  const packings = fields.map((field): Packing | undefined => {
    const format = formatOfAnnotation(field, context);
    if (format === undefined) {
      const parameters = { owner: info.definition.name.name, field: field.name };
      const notes = ['types with a format: bool, int, float, bytes, str, payloads, and lists'];
      const help = ['name a format: `type_from_format("varlenH")`'];
      context.report(diagnose('python/unknown-type', parameters, { at: field.span, notes, help }));
      return undefined;
    }
    const resolved = resolveFormat(format, info, context);
    const doc = docs.get(field.name);
    const part = doc === undefined ? { name: field.name } : { name: field.name, doc };
    return resolved === undefined ? undefined : { format: resolved, parts: [part] };
  });
  reportHooks(
    info,
    fields.map(({ name }) => name),
    context,
  );
  return packings.every((one) => one !== undefined) ? packings : undefined;
}

/** Fields of bases come first; one that is annotated again keeps its place. */
function annotationsOf(info: ClassInfo, { evaluate }: Context): readonly Annotated[] {
  const found = new Map<string, Annotated>();
  const isDataclass = ({ definition, outer }: ClassInfo): boolean =>
    definition.decorators.some((decorator) => {
      const value = evaluate(decorator, outer);
      return nameOf(value.kind === 'call' ? value.callee : value) === 'dataclass';
    });
  const line = evaluate.lineage(info).filter((one) => one === info || isDataclass(one));
  for (const one of line.toReversed()) {
    for (const statement of one.definition.body) {
      if (statement.kind !== 'assign' || statement.annotation === undefined) continue;
      const [target] = statement.targets;
      const { annotation, span } = statement;
      if (target?.kind !== 'name' || isOfClass(annotation)) continue;
      // The id of a `DataClassPayloadWID` is no field of the dataclass.
      if (target.name === 'msg_id' && statement.value === undefined) continue;
      found.set(target.name, { name: target.name, annotation, info: one, span });
    }
  }
  return [...found.values()];
}

function isOfClass(annotation: Expression): boolean {
  const outer = annotation.kind === 'index' ? annotation.object : annotation;
  const name = outer.kind === 'name' || outer.kind === 'attribute' ? outer.name : '';
  return name === 'ClassVar';
}

function formatOfAnnotation(
  { annotation, info }: Annotated,
  { evaluate }: Context,
): Value | undefined {
  const expression = annotation.kind === 'text' ? quoted(annotation) : annotation;
  if (expression === undefined) return undefined;
  return formatOfType(evaluate(expression, info.scope));
}

function formatOfType(type: Value): Value | undefined {
  if (type.kind === 'format') return { kind: 'text', text: type.format };
  if (type.kind === 'class') return type;
  if (type.kind === 'library') {
    const format = FORMATS.get(type.name);
    if (format !== undefined) return { kind: 'text', text: format };
    // A class of a file that is not there: the format that is missing says so.
    return /^[A-Z]/.test(type.name) && type.from !== '' ? type : undefined;
  }
  if (type.kind === 'text') {
    const inner = FORMATS.get(type.text);
    return inner === undefined ? undefined : { kind: 'text', text: inner };
  }
  const isList =
    type.kind === 'index' &&
    /^(?:list|tuple|set|List|Tuple|Set|Sequence)$/.test(nameOf(type.object));
  const [item] = isList ? type.items : [];
  if (item?.kind === 'class') return { kind: 'list', items: [item] };
  const array = item?.kind === 'library' ? ARRAYS.get(item.name) : undefined;
  return array === undefined ? undefined : { kind: 'text', text: array };
}

/** An annotation in quotes, read as the expression that it holds. */
function quoted(
  annotation: Extract<Expression, { readonly kind: 'text' }>,
): Expression | undefined {
  const { span, text } = annotation;
  const tree = parseText(text);
  if (tree === undefined) return undefined;
  // Its places are those of the text in the file, one quote further.
  const piece = { source: span.source, offset: span.start + 1, text };
  const [statement] = statementsOf(childrenOf(tree.topNode), piece);
  return statement?.kind === 'expression' ? statement.value : undefined;
}
