/** Models with every type, and by chance: generated values, and bytes that are nearly such values. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../../compiler/ir/model.ts';
import { createChance } from '../../../../compiler/values/chance.ts';
import { createValueGenerator } from '../../../../compiler/values/generate.ts';
import { mutate } from '../../../../compiler/values/mutate.ts';
import { createDeclarations } from '../../../../compiler/wire/declarations.ts';
import { readPacket } from '../../../../compiler/wire/packet.ts';
import { createProtocols, type Overlay } from '../../../../compiler/wire/protocols.ts';
import { toHex } from '../../../../runtime/base/bytes.ts';
import { TEST_SEED } from '../../../seed.ts';
import { EVERY_TYPE } from '../../emit/every-type.ts';
import { programOf } from '../../check/expect-problems.ts';
import { randomModel } from '../../wire/random-model.ts';
import { EVERY_FORM } from '../every-form.ts';
import { comparePacket, readKey } from './compare-packet.ts';
import { fieldBytes, sealed } from './made-packets.ts';
import { datagram, dissectorOf, HAS_TSHARK, TITLE, runTshark } from './tshark.ts';

const [random] = fc.sample(randomModel(16), { seed: TEST_SEED, numRuns: 1 });
if (random === undefined) throw new Error('no model');

/** Values of a message, and packets made from those. */
const VALUES = 25;
const MUTATED = 25;

/** Packets of every message of an overlay, each with a drawn value. */
function packetsOf(model: Model, overlay: Overlay): Uint8Array[] {
  const declarations = createDeclarations(model);
  const generate = createValueGenerator(declarations);
  return [...overlay.messages.values()].flat().flatMap(({ message }) =>
    Array.from({ length: VALUES }, (_, number) => {
      const value = generate(message, createChance(TEST_SEED, message.name, number));
      if (value === undefined) throw new Error(`${message.name} is too large`);
      return sealed(message, overlay, fieldBytes(message, value, declarations));
    }),
  );
}

const { model: everyForm } = await programOf({ 'every-form.ipv8': EVERY_FORM });

describe.skipIf(!HAS_TSHARK)(TITLE, () => {
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
