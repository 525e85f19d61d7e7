/** The interpreter of the model and generated code read and write the same. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Message, Model } from '../../../compiler/ir/model.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import type { WireNode } from '../../../compiler/wire/wire-node.ts';
import { toHex } from '../../../runtime/base/bytes.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { decode, encode, EncodeError, type MessageType } from '../../../runtime/codegen.ts';
import { TEST_SEED } from '../../seed.ts';
import { EVERY_MESSAGES, EVERY_TYPE } from '../emit/every-type.ts';
import { emitToDirectory } from '../emit/temporary-modules.ts';
import { initArbitrary } from '../emit/value-arbitrary.ts';
import { plainFields } from './plain-value.ts';
import { messagesOf, randomModel } from './random-model.ts';
import { countPlaces, spoil } from './spoil.ts';
import { runs } from '../../effort.ts';

type MessageClass = MessageType<unknown> & (new (init: unknown) => object);

const [random] = fc.sample(randomModel(16), { seed: TEST_SEED, numRuns: 1 });
if (random === undefined) throw new Error('no model');

async function load(model: Model, name: string, messages: readonly Message[]) {
  const { directory, remove } = emitToDirectory(model);
  afterAll(remove);
  const file = pathToFileURL(join(directory, `${name}.ts`)).href;
  const module: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ file);
  return { model, module, messages, declarations: createDeclarations(model) };
}

const models = [
  ['every type', await load(EVERY_TYPE, 'every', EVERY_MESSAGES)],
  [`a random model, seed ${TEST_SEED}`, await load(random, 'random', messagesOf(random))],
] as const;

/** Every node lies in its parent, behind its elder sibling. */
function expectWellPlaced(node: WireNode): void {
  let end = node.offset;
  for (const child of node.children) {
    if (child.offset < end) throw new Error(`${child.path} lies in front of its place`);
    end = child.offset + child.length;
    expectWellPlaced(child);
  }
  if (end > node.offset + node.length) throw new Error(`${node.path} is shorter than its parts`);
}

describe.each(models)('%s', (_, { model, module, messages, declarations }) => {
  // A text that is an IP address is one in plain data, whatever kind the message said.
  const isPlain = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || value instanceof Uint8Array
      ? true
      : 'host' in value && 'kind' in value
        ? createAddress(String(value.host), 0).kind === value.kind
        : Object.values(value).every(isPlain);

  const expectSameReading = (message: Message, bytes: Uint8Array): void => {
    const type = module[message.name] as MessageClass;
    for (const compat of [false, true]) {
      for (const tolerateTrailing of [false, true]) {
        const generated = decode(type, bytes, { compat, tolerateTrailing });
        const read = interpret(message, bytes, { declarations, compat, tolerateTrailing });
        expectWellPlaced(read.tree);
        expect(read.ok).toBe(generated.ok);
        if (read.ok && generated.ok) {
          expect(read.value).toEqual(plainFields(message.fields, generated.value, declarations));
        } else if (!read.ok && !generated.ok) {
          const { reason, field: path, offset, detail } = generated.error;
          expect(read.error).toMatchObject({ reason, path, offset, detail });
        }
      }
    }
  };

  test.each(messages)('$name', (message) => {
    const type = module[message.name] as MessageClass;
    fc.assert(
      fc.property(
        initArbitrary(message.fields, model).filter(isPlain),
        fc.array(fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 255 })), { maxLength: 4 }),
        fc.nat({ max: 5000 }),
        (init, changes, cut) => {
          const value = new type(init);
          const bytes = encode(type, value);
          const plain = plainFields(message.fields, value, declarations);
          expect(encodeValue(message, plain, declarations)).toEqual({
            ok: true,
            bytes,
            hex: toHex(bytes),
          });
          expectSameReading(message, bytes);
          expectSameReading(message, bytes.subarray(0, cut % (bytes.length + 1)));
          expectSameReading(message, Uint8Array.of(...bytes, 7));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          expectSameReading(message, bytes);
        },
      ),
      runs(8),
    );
  });

  test.each(messages)('$name refuses to encode the same', (message) => {
    const type = module[message.name] as MessageClass;
    fc.assert(
      fc.property(
        initArbitrary(message.fields, model).filter(isPlain),
        fc.nat({ max: 5000 }),
        (init, at) => {
          const spoilt = spoil(init, at % Math.max(countPlaces(init), 1));
          const plain = plainFields(message.fields, spoilt, declarations);
          const encoded = encodeValue(message, plain, declarations);
          expect(encoded).toEqual(encodedBy(type, new type(spoilt)));
        },
      ),
      runs(8),
    );
  });
});

/** What generated code makes of a value, in the interpreter's words. */
function encodedBy(type: MessageClass, value: object): ReturnType<typeof encodeValue> {
  try {
    const bytes = encode(type, value);
    return { ok: true, bytes, hex: toHex(bytes) };
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    const path = error.field.slice(type.messageName.length + 1);
    return { ok: false, path, detail: error.detail };
  }
}
