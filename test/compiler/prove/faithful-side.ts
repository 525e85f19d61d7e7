/** Another side that is right, made of the interpreter: tests plant their faults into its answers. */
import type { Field, VectorValue } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import type { Answer, OtherSide, Outcome, Question } from '../../../compiler/prove/side.ts';
import { type JsonValue, jsonValue } from '../../../compiler/values/json-value.ts';
import type { Declarations, Root } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import type { Rooted } from '../../../compiler/wire/roots.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';

export type Faults = {
  readonly write?: (value: JsonValue, right: Outcome<string>) => Outcome<string>;
  readonly read?: (hex: string, right: Outcome<JsonValue>) => Outcome<JsonValue>;
};

export type CountingSide = OtherSide & { readonly asked: Question[] };

export function faithfulSide(
  roots: readonly Rooted[],
  declarations: Declarations,
  { read = (_, right) => right, write = (_, right) => right }: Faults = {},
): CountingSide {
  const asked: Question[] = [];
  return {
    asked,
    async ask(question): Promise<Answer> {
      asked.push(question);
      const rooted = roots[question.root];
      if (rooted === undefined) throw new Error('no such root');
      const readOne = (hex: string) => read(hex, readRight(rooted, hex, declarations));
      const written = question.values.map((value) =>
        write(value, writeRight(rooted.root, value, declarations)),
      );
      const again = written.map(([isGood, hex]) =>
        isGood ? readOne(hex) : ([false, ''] as const),
      );
      return { written, again, read: question.bytes.map(readOne) };
    },
  };
}

function writeRight(root: Root, value: JsonValue, declarations: Declarations): Outcome<string> {
  const plain =
    'variants' in root
      ? fromJson({ kind: 'union', unionName: root.name, isInline: true }, value, declarations)
      : fieldsFrom(root.fields, value, declarations);
  const encoded = encodeValue(root, plain, declarations);
  return encoded.ok ? [true, encoded.hex] : [false, encoded.detail];
}

function readRight(rooted: Rooted, hex: string, declarations: Declarations): Outcome<JsonValue> {
  const read = interpret(rooted.root, fromHex(hex), {
    declarations,
    compat: true,
    tolerateTrailing: rooted.toleratesTrailing,
  });
  return read.ok ? [true, jsonValue(read.value)] : [false, read.error.detail];
}

type Objects = Extract<VectorValue, { kind: 'object' }>;

function fieldsFrom(
  fields: readonly Field[],
  value: JsonValue,
  declarations: Declarations,
): Objects {
  const given = value as Readonly<Record<string, JsonValue>>;
  const entries = fields
    .filter(({ constant }) => constant === undefined)
    .map(({ name, type }) => [name, fromJson(type, given[name] ?? '', declarations)]);
  return {
    kind: 'object',
    variant: undefined,
    entries: Object.fromEntries(entries) as Objects['entries'],
  };
}

/** Plain data of what `jsonValue` made of it. */
function fromJson(type: WireType, value: JsonValue, declarations: Declarations): VectorValue {
  const items = (element: WireType): VectorValue => ({
    kind: 'list',
    items: (value as readonly JsonValue[]).map((one) => fromJson(element, one, declarations)),
  });
  switch (type.kind) {
    case 'bool':
      return value === true;
    case 'integer':
      return type.bits === 64 ? BigInt(String(value)) : Number(value);
    case 'float':
    case 'enum':
      return Number(value);
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return { kind: 'bytes', hex: String(value) };
    case 'string':
      return { kind: 'text', text: String(value) };
    case 'address': {
      const { host, port } = value as unknown as { readonly host: string; readonly port: number };
      return { kind: 'address', host, port };
    }
    case 'flags':
      return { kind: 'list', items: value as readonly number[] };
    case 'array':
      return items(
        {
          bool: { kind: 'bool' },
          f64: { kind: 'float', bits: 64 },
          i64: { kind: 'integer', bits: 64, isSigned: true, range: undefined },
        }[type.element] as WireType,
      );
    case 'list':
      return items(type.element);
    case 'bits':
      return { kind: 'object', variant: undefined, entries: value as Objects['entries'] };
    case 'struct':
      return fieldsFrom(declarations.struct(type.structName).fields, value, declarations);
    case 'union': {
      const { value: inner, variant } = value as unknown as {
        readonly variant: string;
        readonly value: JsonValue;
      };
      const { fields } = declarations.struct(variant);
      return { ...fieldsFrom(fields, inner, declarations), variant };
    }
    case 'codec':
      return fromJson(type.carrier, value, declarations);
  }
}
