/**
 * Every decoder that was generated, strict and compat. What is asked of each: it fails in no other
 * way than the declared one, costs no more than the compiler says, reads what the interpreter of the
 * model reads, and gives nothing that the schema does not allow or that would be written otherwise.
 */
import { isDeepStrictEqual } from 'node:util';
import { createDecodeCosts } from '../../../compiler/ir/decode-cost.ts';
import { hasCodec } from '../../../compiler/ir/has-codec.ts';
import { createLayout } from '../../../compiler/ir/layout.ts';
import type { Field, VectorValue } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import type { Declarations } from '../../../compiler/wire/declarations.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import { toHex } from '../../../runtime/base/bytes.ts';
import { encode, EncodeError } from '../../../runtime/codegen.ts';
import { DecodeError, type DecodeReason } from '../../../runtime/codec/codec-error.ts';
import { decodeWith } from '../../../runtime/codec/decode.ts';
import { plainFields, plainValue } from '../../compiler/wire/plain-value.ts';
import { offendingField } from '../conforms.ts';
import { CountingReader } from '../counting-reader.ts';
import { mutate } from '../../../compiler/values/mutate.ts';
import { samplesOf } from '../samples.ts';
import { type Coded, loadCoded } from '../schemas.ts';
import { claim, type Family, type Target } from '../target.ts';

export const decoders: Family = {
  name: 'decoders',
  share: 71_200,
  async targets(seed) {
    return (await loadCoded()).map((coded) => createTarget(coded, seed));
  },
};

const REASONS: { readonly [Reason in DecodeReason]: true } = {
  'too-short': true,
  'trailing-bytes': true,
  'bad-bool': true,
  'bad-text': true,
  'bad-address': true,
  'bad-constant': true,
  'bad-value': true,
  'unknown-variant': true,
  'out-of-bounds': true,
};

/** @throws Finding for an error that does not say what is wrong and where. */
export function claimWellFormed(error: unknown, size: number): asserts error is DecodeError {
  claim(error instanceof DecodeError, () => `fails with ${String(error)}`);
  const { reason, field, messageName, offset, detail } = error;
  claim(Object.hasOwn(REASONS, reason), () => `the reason ${reason} is not declared`);
  claim(
    messageName !== undefined && field !== '' && detail !== '',
    () => `says too little: ${error.message}`,
  );
  claim(
    Number.isInteger(offset) && offset >= 0 && offset <= size,
    () => `the offset ${offset} is nowhere`,
  );
}

/** What is known of a decoder in front of all cases. */
type Known = Coded & {
  readonly fields: readonly Field[];
  /** What only the author's code knows cannot be compared. */
  readonly isOpaque: boolean;
  /** Two values are never written alike, and each in one way. */
  readonly isCanonical: boolean;
  /** Bytes of memory by bytes on the wire. */
  readonly costOf: (size: number) => number;
  readonly plainOf: (value: unknown) => VectorValue;
};

function createTarget(coded: Coded, seed: number): Target {
  const samples = samplesOf(coded, seed);
  const known = know(coded);
  return {
    name: `decoders/${coded.name}`,
    form: 'bytes',
    generate: (chance) => mutate({ samples }, chance),
    check(input) {
      const strict = checkOnce(known, input, false);
      const compat = checkOnce(known, input, true);
      if (strict === undefined) return;
      claim(compat !== undefined, () => 'compat refuses what strict accepts');
      claim(isDeepStrictEqual(strict, compat), () => 'compat reads something else than strict');
    },
  };
}

function know(coded: Coded): Known {
  const { declarations, root } = coded;
  const { lookup } = declarations;
  const type: WireType = { kind: 'union', unionName: root.name, isInline: true };
  const unionField: Field = {
    name: 'value',
    doc: '',
    place: { path: '', line: 1 },
    type,
    constant: undefined,
  };
  const fields = 'variants' in root ? [unionField] : root.fields;
  const bound = createDecodeCosts(lookup).bySize(fields);
  const least = createLayout(lookup, { kind: 'accepted' }).ofFields(fields).min;
  return {
    ...coded,
    fields,
    isOpaque: hasCodec(fields, lookup),
    isCanonical: fields.every((field) => isCanonical(field.type, declarations)),
    // What is read before a field is missing may have taken the bytes of that field.
    costOf: (size) => bound(size + least),
    plainOf: (value) =>
      'variants' in root
        ? {
            kind: 'object',
            variant: undefined,
            entries: { value: plainValue(type, value, declarations) },
          }
        : plainFields(fields, value, declarations),
  };
}

/** Floats have many NaNs, and bits without a name are dropped. */
function isCanonical(type: WireType, declarations: Declarations): boolean {
  const areCanonical = (name: string): boolean =>
    declarations.struct(name).fields.every((field) => isCanonical(field.type, declarations));
  switch (type.kind) {
    case 'float':
    case 'codec':
      return false;
    case 'array':
      return type.element !== 'f64';
    case 'bits':
      return type.members.every(({ kind }) => kind !== 'unused');
    case 'list':
      return isCanonical(type.element, declarations);
    case 'struct':
      return areCanonical(type.structName);
    case 'union':
      return declarations
        .union(type.unionName)
        .variants.every((one) => areCanonical(one.structName));
    default:
      return true;
  }
}

/** The plain data of what was read; undefined when it was refused. */
function checkOnce(known: Known, input: Uint8Array, compat: boolean): VectorValue | undefined {
  const { root, type, declarations, isOpaque } = known;
  const reader = new CountingReader(input, { compat });
  const decoded = decodeWith(type, reader);
  claimCheap(known, reader, input.length);
  if (!decoded.ok) claimWellFormed(decoded.error, input.length);
  else
    claim(reader.offset === input.length, () => `read ${reader.offset} of ${input.length} bytes`);
  if (isOpaque) return undefined;
  const read = interpret(root, input, { declarations, compat });
  claim(read.ok === decoded.ok, () => `the interpreter ${read.ok ? 'accepts' : 'refuses'} it`);
  if (!decoded.ok || !read.ok) {
    if (!decoded.ok && !read.ok) {
      const { reason, field: path, offset, detail } = decoded.error;
      claim(
        isDeepStrictEqual(read.error, { reason, path, offset, detail }),
        () =>
          `the interpreter says ${read.error.path}: ${read.error.detail}, the code ${path}: ${detail}`,
      );
    }
    return undefined;
  }
  const plain = known.plainOf(decoded.value);
  const expected: VectorValue =
    'variants' in root
      ? { kind: 'object', variant: undefined, entries: { value: read.value } }
      : read.value;
  claim(isDeepStrictEqual(plain, expected), () => 'the interpreter reads another value');
  if (!compat) claimAllowed(known, { input, plain, value: decoded.value });
  return plain;
}

/** Bytes that any value may cost for each byte on the wire, where compat checks no bounds. */
const COMPAT_RATE = 64;

function claimCheap({ costOf, fields }: Known, reader: CountingReader, size: number): void {
  // Each read but the last takes a byte, or is the rest of a struct.
  const readsMax = 2 * size + fields.length + 1;
  claim(reader.reads <= readsMax, () => `${reader.reads} reads of ${size} bytes`);
  const allocatedMax = reader.isCompat ? COMPAT_RATE * (size + fields.length) : costOf(size);
  claim(
    reader.allocated <= allocatedMax,
    () => `${reader.allocated} bytes made of ${size}, where ${allocatedMax} were said`,
  );
}

type Reading = { readonly input: Uint8Array; readonly plain: VectorValue; readonly value: unknown };

/** What strict decoding lets pass is what the schema allows, and is written as it was read. */
function claimAllowed(known: Known, { input, plain, value }: Reading): void {
  const { declarations, fields, isCanonical: isOne, type, plainOf } = known;
  const path = offendingField(fields, plain, declarations);
  claim(path === undefined, () => `${path} is not what the schema allows`);
  const written = writtenAgain(type, value);
  // What may be read may be more than what may be sent.
  if (written === undefined) return;
  if (isOne) {
    claim(isDeepStrictEqual(written, input), () => `is written as ${toHex(written)}`);
    return;
  }
  const again = decodeWith(type, new CountingReader(written));
  claim(
    again.ok && isDeepStrictEqual(plainOf(again.value), plain),
    () => 'is another when written and read',
  );
}

function writtenAgain(type: Coded['type'], value: unknown): Uint8Array | undefined {
  try {
    return encode(type, value);
  } catch (error) {
    if (error instanceof EncodeError) return undefined;
    throw error;
  }
}
