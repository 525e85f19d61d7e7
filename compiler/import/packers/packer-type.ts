/** A packer of the author's → the type of what it writes. */
import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import { fieldName, packerNames } from '../names/spelling.ts';
import { fieldsOf } from '../payloads/fields.ts';
import { docstringOf } from '../schema/doc.ts';
import type { CodecDraft, StructDraft, TypeText } from '../schema/draft.ts';
import type { Expression } from '../python/tree.ts';
import { callsIn } from '../python/walk.ts';
import type { Evaluate } from '../values/evaluate.ts';
import { nameOf, type Value, type ValueArgument } from '../values/value.ts';
import { LIBRARY_PACKERS, libraryType } from './library.ts';
import { type Piece, piecesOf } from './pieces.ts';

export type PackerContext = {
  readonly evaluate: Evaluate;
  readonly report: (diagnostic: Diagnostic) => void;
  /** One declaration for each class, however often it is used. */
  readonly declared: Map<ClassInfo, StructDraft | CodecDraft>;
  /** The name under which the packer was added: that of a codec. */
  readonly added: string;
};

/** Undefined for what its code does not tell. */
export function packerType(packer: Value, context: PackerContext): TypeText | undefined {
  if (packer.kind !== 'call') return undefined;
  const { args, callee } = packer;
  if (callee.kind === 'library' || (callee.kind === 'class' && isLibrary(callee.info))) {
    return libraryType(nameOf(callee), args, (inner) => packerType(inner, context));
  }
  return callee.kind === 'class' ? classType(callee.info, args, context) : undefined;
}

function classType(
  info: ClassInfo,
  args: readonly ValueArgument[],
  context: PackerContext,
): TypeText | undefined {
  const { evaluate } = context;
  const known = context.declared.get(info);
  if (known !== undefined) return used(known);
  const method = evaluate.attribute(info, 'pack');
  const isOwn = method?.kind === 'function' && !isLibrary(method.info.owner);
  const made = madeWith(info, args, evaluate);
  if (!isOwn) return parentType(info, made, context);
  const parent = parentType(info, made, context);
  const [, parameter] = method.info.definition.parameters;
  const pieces = piecesOf({
    method: method.info,
    valueOf: (expression) => {
      const member = ownMember(expression);
      return (
        (member === undefined ? undefined : made.members.get(member)) ??
        evaluate(expression, method.info.scope)
      );
    },
    parentType: parent?.length === 1 && typeof parent[0] === 'string' ? parent[0] : undefined,
  });
  if (pieces === undefined || pieces.length === 0) return undefined;
  const draft = draftOf(info, { pieces, parameter: parameter?.name ?? '', context });
  if (draft === undefined) return undefined;
  if (typeof draft === 'string') return [draft];
  context.declared.set(info, draft);
  if (draft.kind === 'codec') reportCodec(draft, info, context);
  return used(draft);
}

/** A struct without a length in front: no packer writes one for itself. */
function used(draft: StructDraft | CodecDraft): TypeText {
  return draft.kind === 'struct' ? ['inline ', draft] : [draft];
}

function isLibrary(owner: ClassInfo | undefined): boolean {
  const name = owner?.definition.name.name ?? '';
  return LIBRARY_PACKERS.has(name) && owner?.outer.module().path.endsWith('serialization') === true;
}

type Made = {
  /** What `self.x` was set to. */
  readonly members: ReadonlyMap<string, Value>;
  /** What the class that is extended was made with. */
  readonly args: readonly ValueArgument[];
};

/** Reads `__init__`: members, and the arguments handed to the class that is extended. */
function madeWith(info: ClassInfo, args: readonly ValueArgument[], evaluate: Evaluate): Made {
  const init = evaluate.attribute(info, '__init__');
  if (init?.kind !== 'function' || isLibrary(init.info.owner)) return { members: new Map(), args };
  const { definition, scope } = init.info;
  const given = new Map<string, Value>();
  definition.parameters.slice(1).forEach((parameter, at) => {
    const { initial, name } = parameter;
    const passed =
      args.find((one) => one.name === name) ?? args.filter((one) => one.name === undefined)[at];
    const value = passed?.value ?? (initial && evaluate(initial, scope));
    if (value !== undefined) given.set(name, value);
  });
  const valueOf = (expression: Expression): Value =>
    (expression.kind === 'name' ? given.get(expression.name) : undefined) ??
    evaluate(expression, scope);
  const members = new Map<string, Value>();
  for (const statement of definition.body) {
    if (statement.kind !== 'assign' || statement.value === undefined) continue;
    const member = statement.targets[0] && ownMember(statement.targets[0]);
    if (member !== undefined) members.set(member, valueOf(statement.value));
  }
  const upward = callsIn(definition.body).find(
    ({ callee }) =>
      callee.kind === 'attribute' &&
      callee.name === '__init__' &&
      callee.object.kind === 'call' &&
      callee.object.callee.kind === 'name' &&
      callee.object.callee.name === 'super',
  );
  const passedOn = upward?.args.map(({ name, value }) => ({ name, value: valueOf(value) }));
  return { members, args: passedOn ?? args };
}

function ownMember(expression: Expression): string | undefined {
  const isOwn =
    expression.kind === 'attribute' &&
    expression.object.kind === 'name' &&
    expression.object.name === 'self';
  return isOwn ? expression.name : undefined;
}

/** What a packer of py-ipv8's that the class extends would write. */
function parentType(info: ClassInfo, made: Made, context: PackerContext): TypeText | undefined {
  const { evaluate } = context;
  const name = evaluate
    .lineage(info)
    .flatMap((one) => evaluate.bases(one))
    .map((base) => nameOf(base.kind === 'index' ? base.object : base))
    .find((one) => LIBRARY_PACKERS.has(one));
  return name === undefined
    ? undefined
    : libraryType(name, made.args, (inner) => packerType(inner, context));
}

/** A type, a struct of several parts, or a codec where the value is made by code. */
function draftOf(
  info: ClassInfo,
  {
    context,
    parameter,
    pieces,
  }: {
    readonly pieces: readonly Piece[];
    readonly parameter: string;
    readonly context: PackerContext;
  },
): string | StructDraft | CodecDraft | undefined {
  const { definition, outer } = info;
  const { name } = definition;
  const own = docstringOf(definition.body);
  const doc =
    own.length > 0 ? own : [`As \`${name.name}\` of \`${outer.module().name}\` packs it.`];
  const origin = name.span;
  const [only, ...more] = pieces;
  const member = new RegExp(`^${parameter}\\.(\\w+)`);
  if (only !== undefined && more.length === 0 && only.kind !== 'constant') {
    const type = only.kind === 'raw' ? 'rest' : only.type;
    if (only.value === parameter) return type;
    if (!member.test(only.value)) {
      const names = [fieldName(context.added), fieldName(name.name)];
      return { kind: 'codec', names, doc, origin, carrier: type };
    }
  }
  // Bytes without a length end where nothing follows.
  const isOpen = pieces.slice(0, -1).some(({ kind }) => kind === 'raw');
  if (isOpen) return undefined;
  const fields = fieldsOf(
    pieces.map((piece, at) => {
      const part = `part_${at + 1}`;
      if (piece.kind === 'constant') {
        const digits = Array.from(piece.bytes, (byte) => byte.toString(16).padStart(2, '0'));
        const type = `bytes[${piece.bytes.length}]`;
        const constant = `hex"${digits.join('')}"`;
        return {
          format: { kind: 'types', types: [[type]] },
          parts: [{ name: undefined, constant }],
        };
      }
      const type = piece.kind === 'raw' ? 'rest' : piece.type;
      const found = member.exec(piece.value)?.[1] ?? part;
      return { format: { kind: 'types', types: [[type]] }, parts: [{ name: found }] };
    }),
  );
  return { kind: 'struct', names: packerNames(name.name), doc, origin, fields };
}

function reportCodec(draft: CodecDraft, info: ClassInfo, { report }: PackerContext): void {
  const [codec = ''] = draft.names;
  const notes = [
    `on the wire it is \`${draft.carrier}\`; its values are made by \`pack\` and \`unpack\``,
  ];
  const help = [`write \`${codecExport(codec)}\` in codecs.ts beside the schema`];
  report(diagnose('python/codec-code', { codec }, { at: info.definition.name.span, notes, help }));
}

/** What the codec's code is called in TypeScript. */
export function codecExport(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
