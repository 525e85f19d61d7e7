/** Valid bytes of a struct, union or message, made from the model, and where their parts lie. */
import * as fc from 'fast-check';
import type { Field, VectorValue } from '../../compiler/ir/model.ts';
import type { WireType } from '../../compiler/ir/wire-type.ts';
import { encodeValue } from '../../compiler/wire/encode-value.ts';
import { interpret } from '../../compiler/wire/interpret.ts';
import type { WireNode } from '../../compiler/wire/wire-node.ts';
import { fromHex } from '../../runtime/base/bytes.ts';
import { initArbitrary, valueArbitrary } from '../compiler/emit/value-arbitrary.ts';
import { plainFields, plainValue } from '../compiler/wire/plain-value.ts';
import type { Sample, Span } from './mutate.ts';
import type { Coded } from './schemas.ts';

/** Values drawn for each: what is made from them differs far more. */
const VALUES = 16;
const WRONG_VALUES = 4;

/** Parts of a sample that are known: long lists have thousands that are all alike. */
const SPANS_MAX = 64;

/** What the schema records, and values that its types can say or nearly can. */
export function samplesOf(coded: Coded, seed: number): readonly Sample[] {
  const { root, declarations } = coded;
  const bytes = [coded, ...coded.relaxed].flatMap((one, at) =>
    fc
      .sample(arbitraryOf(one), { seed, numRuns: at === 0 ? VALUES : WRONG_VALUES })
      .flatMap((value) => {
        const encoded = encodeValue(one.root, value, one.declarations);
        // A name that does not fit its length, for instance, which fast-check does not know of.
        return encoded.ok ? [encoded.bytes] : [];
      }),
  );
  if (bytes.length === 0) throw new Error(`${coded.name}: no value of it can be written`);
  return [...coded.vectors.map(fromHex), ...bytes].map((one) => ({
    bytes: one,
    spans: spansOf(interpret(root, one, { declarations }).tree),
  }));
}

function arbitraryOf({
  root,
  model,
  declarations,
}: Coded['relaxed'][number]): fc.Arbitrary<VectorValue> {
  if (!('variants' in root)) {
    return initArbitrary(root.fields, model).map((init) => plain(root.fields, init, declarations));
  }
  const type: WireType = { kind: 'union', unionName: root.name, isInline: true };
  return valueArbitrary(type, model).map((value) => plainValue(type, value, declarations));
}

function plain(
  fields: readonly Field[],
  init: unknown,
  declarations: Coded['declarations'],
): VectorValue {
  return plainFields(fields, init, declarations);
}

/** The tree's places, the outer ones first. */
export function spansOf(tree: WireNode): readonly Span[] {
  const spans: Span[] = [];
  const waiting: WireNode[] = [tree];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (spans.length >= SPANS_MAX) break;
    spans.push({ offset: node.offset, length: node.length, lead: leadOf(node.type) });
    waiting.push(...node.children);
  }
  return spans;
}

function leadOf(type: WireType | undefined): Span['lead'] {
  switch (type?.kind) {
    case 'bool':
    case 'bits':
      return 1;
    case 'integer':
    case 'enum':
    case 'flags':
    case 'float':
      return bytesOf(type.bits);
    case 'bytes':
    case 'string':
      return bytesOf(type.prefix);
    case 'list':
      return type.count === 'rest' ? 0 : bytesOf(type.count);
    case 'array':
      return 2;
    case 'struct':
    case 'union':
      return type.isInline ? 0 : 2;
    case 'address':
      return type.form === 'ipv4' ? 0 : 1;
    case 'codec':
      return leadOf(type.carrier);
    case 'fixed-bytes':
    case 'rest':
    case undefined:
      return 0;
  }
}

function bytesOf(bits: 8 | 16 | 32 | 64): Span['lead'] {
  return ({ 8: 1, 16: 2, 32: 4, 64: 8 } as const)[bits];
}
