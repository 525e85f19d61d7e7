/** Models with every type, and by chance: generated values, and bytes that are nearly such values. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../../compiler/ir/model.ts';
import { createChance } from '../../../../compiler/values/chance.ts';
import { createValueGenerator } from '../../../../compiler/values/generate.ts';
import { mutate } from '../../../../compiler/values/mutate.ts';
import { createDeclarations } from '../../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../../compiler/wire/encode-value.ts';
import { readPacket } from '../../../../compiler/wire/packet.ts';
import { createProtocols, type Overlay } from '../../../../compiler/wire/protocols.ts';
import { concatBytes, fromHex, toHex } from '../../../../runtime/base/bytes.ts';
import { TEST_SEED } from '../../../seed.ts';
import { EVERY_TYPE } from '../../emit/every-type.ts';
import { programOf } from '../../check/expect-problems.ts';
import { randomModel } from '../../wire/random-model.ts';
import { EVERY_FORM } from '../every-form.ts';
import { comparePacket, readKey } from './compare-packet.ts';
import { datagram, dissectorOf, HAS_TSHARK, runTshark } from './tshark.ts';

const [random] = fc.sample(randomModel(16), { seed: TEST_SEED, numRuns: 1 });
if (random === undefined) throw new Error('no model');

/** Values of a message, and packets made from those. */
const VALUES = 25;
const MUTATED = 25;

const KEY = concatBytes(new TextEncoder().encode('LibNaCLPK:'), new Uint8Array(64).fill(7));

/** Packets of every message of an overlay, each with a drawn value. Signatures are zeros: nobody looks. */
function packetsOf(model: Model, { communityId, messages, version }: Overlay): Uint8Array[] {
  const declarations = createDeclarations(model);
  const generate = createValueGenerator(declarations);
  return [...messages].flatMap(([id, candidates]) =>
    candidates.flatMap(({ message }) => {
      const { auth, isTimed, name } = message;
      const before = concatBytes(
        Uint8Array.of(0, version),
        fromHex(communityId),
        Uint8Array.of(id),
        auth === 'signed' ? concatBytes(Uint8Array.of(0, KEY.length), KEY) : new Uint8Array(),
        new Uint8Array(isTimed ? 8 : 0).fill(1),
      );
      const behind = new Uint8Array(auth === 'signed' ? 64 : 0);
      return Array.from({ length: VALUES }, (_, number) => {
        const value = generate(message, createChance(TEST_SEED, name, number));
        if (value === undefined) throw new Error(`${name} is too large`);
        const encoded = encodeValue(message, value, declarations);
        if (!encoded.ok) throw new Error(`${name}: ${encoded.path} ${encoded.detail}`);
        return concatBytes(before, encoded.bytes, behind);
      });
    }),
  );
}

const { model: everyForm } = await programOf({ 'every-form.ipv8': EVERY_FORM });

describe.skipIf(!HAS_TSHARK)('tshark', () => {
  test.each([
    ['every type', EVERY_TYPE],
    ['every form', everyForm],
    [`a random model, seed ${TEST_SEED}`, random],
  ] as const)('shows %s', (label, model) => {
    const protocols = createProtocols(model, { base: undefined, unnamed: undefined });
    const valid = protocols.overlays.flatMap((overlay) => packetsOf(model, overlay));
    const samples = valid.map((bytes) => ({ bytes, spans: [] }));
    const mutated = Array.from({ length: (samples.length * MUTATED) / VALUES }, (_, number) =>
      mutate({ samples }, createChance(TEST_SEED, label, number)),
    );
    const made = [...valid, ...mutated];
    const options = ['-d', 'udp.port==8091,ipv8'];
    const { errors, packets } = runTshark(dissectorOf(model), made.map(datagram), options);
    expect(errors).not.toContain('Lua');
    for (const [at, bytes] of made.entries()) {
      const reading = readPacket(bytes, { protocols, readKey, compat: false });
      const shown = packets[at] ?? { text: '', ipv8: undefined };
      const { kind } = comparePacket(`${at} ${toHex(bytes)}`, reading, shown);
      if (at < valid.length) expect(kind, `${at}`).toBe('value');
    }
  });
});
