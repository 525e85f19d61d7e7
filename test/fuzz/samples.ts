/** Valid bytes of a struct, union or message, made from the model, and where their parts lie. */
import * as fc from 'fast-check';
import type { Field, VectorValue } from '../../compiler/ir/model.ts';
import type { WireType } from '../../compiler/ir/wire-type.ts';
import { encodeValue } from '../../compiler/wire/encode-value.ts';
import { interpret } from '../../compiler/wire/interpret.ts';
import { fromHex } from '../../runtime/base/bytes.ts';
import { initArbitrary, valueArbitrary } from '../compiler/emit/value-arbitrary.ts';
import { plainFields, plainValue } from '../compiler/wire/plain-value.ts';
import type { Sample } from '../../compiler/values/mutate.ts';
import { spansOf } from '../../compiler/values/spans.ts';
import type { Coded } from './schemas.ts';

/** Values drawn for each: what is made from them differs far more. */
const VALUES = 16;
const WRONG_VALUES = 4;

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
