/** Payload classes → what they pack. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import { payloadNames } from '../names/spelling.ts';
import { docstringOf } from '../schema/doc.ts';
import type { FieldDraft, StructDraft } from '../schema/draft.ts';
import { nameOf } from '../values/value.ts';
import type { Context } from './context.ts';
import { dataclassPackings } from './dataclass.ts';
import { fieldsOf } from './fields.ts';
import { payloadKind, unknownBase } from './kinds.ts';
import { plainPackings } from './plain.ts';
import { variablePackings } from './variable.ts';

/** The fields of each class, worked out once and complained of once. */
export type Payloads = {
  /** Undefined for what cannot be declared, which is reported. */
  fieldsOf(info: ClassInfo): readonly FieldDraft[] | undefined;
  /** The struct under which others hold it; asking for one makes it part of the schema. */
  structOf(info: ClassInfo): StructDraft | undefined;
  /** The structs that were asked for. */
  structs(): ReadonlyMap<ClassInfo, StructDraft>;
  docOf(info: ClassInfo): readonly string[];
};

export function createPayloads(base: Omit<Context, 'structOf'>): Payloads {
  const fields = new Map<ClassInfo, readonly FieldDraft[] | undefined>();
  const structs = new Map<ClassInfo, StructDraft>();
  const busy = new Set<ClassInfo>();
  const context: Context = { ...base, structOf: (info) => structOf(info) };

  const fieldsOfClass = (info: ClassInfo): readonly FieldDraft[] | undefined => {
    if (fields.has(info)) return fields.get(info);
    // One that holds itself has no end; whoever asks says that it cannot be imported.
    if (busy.has(info) || busy.size > NESTED_MAX) return undefined;
    busy.add(info);
    const found = readFields(info, context);
    busy.delete(info);
    fields.set(info, found);
    return found;
  };

  const structOf = (info: ClassInfo): StructDraft | undefined => {
    const known = structs.get(info);
    if (known !== undefined) return known;
    const found = fieldsOfClass(info);
    if (found === undefined) return undefined;
    const { name } = info.definition;
    const struct: StructDraft = {
      kind: 'struct',
      names: payloadNames(name.name),
      doc: docOf(info),
      fields: found,
      origin: name.span,
    };
    structs.set(info, struct);
    return struct;
  };

  const docOf = (info: ClassInfo): readonly string[] => {
    const { body, name } = info.definition;
    const own = docstringOf(body);
    if (own.length > 0) return own;
    const above = context.commentsOf(info.outer.module()).above(info.definition.span);
    return above.length > 0 ? above : [`As \`${name.name}\` of \`${info.outer.module().name}\`.`];
  };

  return { docOf, fieldsOf: fieldsOfClass, structOf, structs: () => structs };
}

/** Structs may nest 32 deep in a schema. */
const NESTED_MAX = 64;

function readFields(info: ClassInfo, context: Context): readonly FieldDraft[] | undefined {
  const { evaluate, report } = context;
  const kind = payloadKind(info, evaluate);
  const base = unknownBase(info, evaluate);
  const lacksOwn = evaluate.attribute(info, 'format_list') === undefined && kind !== 'dataclass';
  if (base !== undefined && lacksOwn) {
    const { bases, name } = info.definition;
    const [first] = bases;
    const parameters = { owner: name.name, base: nameOf(base) };
    const from = base.kind === 'library' && base.from !== '' ? ` (\`${base.from}\`)` : '';
    const help = [`import the file with \`${parameters.base}\`${from} too`];
    const at = first?.value.span ?? name.span;
    report(diagnose('python/unknown-base', parameters, { at, help }));
    return undefined;
  }
  const read = { variable: variablePackings, dataclass: dataclassPackings, plain: plainPackings };
  if (kind === undefined) return undefined;
  const packings = read[kind](info, context);
  return packings === undefined ? undefined : fieldsOf(packings);
}
