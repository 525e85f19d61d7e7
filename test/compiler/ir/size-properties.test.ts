/** What the size analysis says, held against packets that are made. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { blameOf, type FittingBound, type Step } from '../../../compiler/ir/fitting-bound.ts';
import type { StructLookup } from '../../../compiler/ir/layout.ts';
import type { Field, Message, Struct } from '../../../compiler/ir/model.ts';
import { createPacketSizes, KEY_TYPES, type KeyType } from '../../../compiler/ir/packet-size.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { bytes, field, list, message, struct, uint } from '../emit/model-factories.ts';
import { initArbitrary } from '../emit/value-arbitrary.ts';
import { plainFields } from '../wire/plain-value.ts';
import { messagesOf, randomModel } from '../wire/random-model.ts';

const crypto = await createCrypto();
const KEYS = new Map(KEY_TYPES.map((level) => [level, keyOf(level)]));
const PREFIX = createPrefix(2, 'ab'.repeat(20));

function keyOf(level: KeyType): PrivateKey {
  const made = crypto.generateKey(level);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** The datagram with these fields, as the runtime makes it. */
function datagramOf(
  { auth, id, isTimed, name }: Message,
  fields: Uint8Array,
  identity: PrivateKey,
): Uint8Array {
  const type = {
    messageName: name,
    id,
    auth,
    isTimed,
    encode: (_: unknown, out: { rest(value: Uint8Array, name: string): void }) =>
      out.rest(fields, 'fields'),
    decode: () => undefined,
  };
  return seal(type, undefined, { prefix: PREFIX, identity, crypto, globalTime: 1n });
}

test('a packet is never smaller or larger than was said, whatever the key', () => {
  const model = randomModel(1);
  const heads = fc.record({
    auth: fc.constantFrom('signed' as const, 'unsigned' as const),
    isTimed: fc.boolean(),
  });
  const value = fc.tuple(model, heads).chain(([one, head]) => {
    const [first] = messagesOf(one);
    if (first === undefined) throw new Error('no message');
    const sent: Message = { ...first, ...head };
    return fc.record({
      model: fc.constant(one),
      sent: fc.constant(sent),
      init: initArbitrary(sent.fields, one),
    });
  });
  fc.assert(
    fc.property(value, ({ init, model: one, sent }) => {
      const declarations = createDeclarations(one);
      const sizes = createPacketSizes(declarations.lookup);
      const plain = plainFields(sent.fields, init, declarations);
      const encoded = encodeValue(sent, plain, declarations);
      if (!encoded.ok) throw new Error(`${encoded.path}: ${encoded.detail}`);
      for (const [key, identity] of KEYS) {
        const { length } = datagramOf(sent, encoded.bytes, identity);
        const route = {
          via: 'socket' as const,
          key: sent.auth === 'signed' ? key : undefined,
          family: 'ipv6' as const,
        };
        const { around, payload, smallest } = sizes.ofMessage(sent, route);
        expect(length).toBeGreaterThanOrEqual(smallest);
        if (!payload.isOpen) expect(length).toBeLessThanOrEqual(around.max + payload.max);
        expect(length - encoded.bytes.length).toBe(around.max);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

/** The type with another `send` bound where the steps lead, and the structs changed on the way. */
function withBound(
  type: WireType,
  [step, ...steps]: readonly Step[],
  { largest, structs }: { readonly largest: number; readonly structs: Map<string, Struct> },
): WireType {
  if (step === undefined) {
    if (!('bound' in type)) throw new Error(`${type.kind} has no bound`);
    return { ...type, bound: { ...type.bound, sendMax: largest } };
  }
  if (step.kind === 'element' && type.kind === 'list') {
    return { ...type, element: withBound(type.element, steps, { largest, structs }) };
  }
  const inner = step.kind === 'field' ? structs.get(step.structName) : undefined;
  if (step.kind !== 'field' || inner === undefined) throw new Error(`no way by ${step.kind}`);
  const fields = inner.fields.map((one) =>
    one.name === step.fieldName
      ? { ...one, type: withBound(one.type, steps, { largest, structs }) }
      : one,
  );
  structs.set(inner.name, { ...inner, fields });
  return type;
}

const large = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 4000 })).map(([max]) => bytes(16, { max })),
  fc
    .tuple(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 1, max: 400 }))
    .map(([max, each]) => list(bytes(16, { max: each }), 8, { max })),
  fc
    .tuple(fc.integer({ min: 1, max: 255 }), fc.boolean())
    .map(([max, isInline]) => list({ kind: 'struct', structName: 'Inner', isInline }, 16, { max })),
  fc.constant<WireType>({ kind: 'struct', structName: 'Inner', isInline: false }),
);

const exceeding = fc
  .record({
    inner: fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 40 })),
    fields: fc.array(large, { minLength: 1, maxLength: 3 }),
    isCell: fc.boolean(),
  })
  .map(({ fields, inner: [size, count], isCell }) => {
    const inner = struct('Inner', [
      field('a', bytes(16, { max: size })),
      field('b', uint(32)),
      field('c', list({ kind: 'address', form: 'ip' }, 8, { max: count })),
    ]);
    const named = fields.map((type, at) => field(`field_${at}`, type));
    const sent = isCell
      ? message('Sent', [field('circuit_id', uint(32)), ...named], {
          auth: 'unsigned',
          via: ['cell'],
        })
      : message('Sent', named);
    return { inner, sent };
  });

/** Bytes that are left with that bound; negative when the packet does not fit. */
function roomWith(
  { inner, sent }: { readonly inner: Struct; readonly sent: Message },
  { field: blamed, steps }: { readonly field: Field } & Pick<FittingBound, 'steps'>,
  largest: number,
): number {
  const structs = new Map([[inner.name, inner]]);
  const fields = sent.fields.map((one) =>
    one === blamed ? { ...one, type: withBound(one.type, steps, { largest, structs }) } : one,
  );
  const lookup: StructLookup = (name) => structs.get(name);
  const { budget, largest: size } = createPacketSizes(lookup).tightestOf({ ...sent, fields });
  return budget - size;
}

test('a packet fits with the bound that is offered and not with one more', () => {
  let offered = 0;
  fc.assert(
    fc.property(exceeding, (one) => {
      const sizes = createPacketSizes((name) => (name === 'Inner' ? one.inner : undefined));
      const { budget, largest } = sizes.tightestOf(one.sent);
      fc.pre(largest > budget);
      const blame = blameOf(one.sent, sizes);
      for (const { bound, largest: most, steps } of blame?.fitting ?? []) {
        if (blame === undefined) return;
        // Structs that several fields hold change in all of them.
        const isShared = steps.some(({ kind }) => kind === 'field');
        const room = roomWith(one, { field: blame.field, steps }, most);
        expect(room).toBeGreaterThanOrEqual(0);
        expect(most).toBeLessThan(bound.sendMax);
        if (isShared) continue;
        expect(roomWith(one, { field: blame.field, steps }, most + 1)).toBeLessThan(0);
        offered++;
      }
    }),
    { numRuns: 300 },
  );
  expect(offered).toBeGreaterThan(50);
});
