/** Recorded packets, read by the model and opened by the runtime: one verdict. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNodeHost } from '../../../compiler/cli/node-host.ts';
import type { Community } from '../../../compiler/ir/model.ts';
import { loadProgram } from '../../../compiler/program/program.ts';
import { readPacket, type ReadKey } from '../../../compiler/wire/packet.ts';
import { communitiesOf, createProtocols } from '../../../compiler/wire/protocols.ts';
import * as dht from '../../../generated/dht.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { identify, open } from '../../../runtime/packet/open.ts';
import type { Protocol } from '../../../runtime/protocol/protocol.ts';
import * as vec from '../../generated/vec.ts';
import { RECORDED } from '../cli/decode/recorded.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { community, field, message, model, uint } from '../emit/model-factories.ts';

const crypto = await createCrypto();

function keyReader(compat: boolean): ReadKey {
  return (bytes) => {
    const key = crypto.publicKey(bytes, { compat });
    if (!key.ok) return undefined;
    const { curve, signatureLength } = key.value;
    const verify = (signed: Uint8Array, signature: Uint8Array): boolean =>
      crypto.verify(key.value, signed, signature);
    return { curve, signatureLength, mid: '', verify };
  };
}

const { model: vecModel } = await loadProgram(createNodeHost(join(ROOT, 'test')), [
  'schemas/vec.ipv8',
]);
const { model: dhtModel } = await loadProgram(createNodeHost(ROOT), ['schemas/dht.ipv8']);
const KINDS: ReadonlyMap<string, string> = new Map([
  ['bad-key', 'unknown-key'],
  ['bad-signature', 'invalid-signature'],
]);

const unnamed: Community | undefined = communitiesOf(vecModel)[0];

test.each([
  ['vec', createProtocols(vecModel, { base: undefined, unnamed }), vec.vecProtocol],
  [
    'dht',
    createProtocols(dhtModel, { base: undefined, unnamed: undefined }),
    dht.dhtDiscoveryProtocol as Protocol,
  ],
] as const)('%s', (name, protocols, { messages }) => {
  const byId = new Map(Object.values(messages).map((type) => [type.id, type]));
  let count = 0;
  for (const { community: owner, hex } of RECORDED) {
    const bytes = fromHex(hex);
    const type = identify(bytes, byId);
    if (owner !== name || bytes[0] !== 0 || bytes[1] !== 2 || !type.ok) continue;
    for (const compat of [false, true]) {
      const opened = open(bytes, type.value, { crypto, compat });
      const read = readPacket(bytes, { protocols, readKey: keyReader(compat), compat });
      // The foreign community's packets are among them.
      if (read.problem?.kind === 'unknown-community') continue;
      count++;
      if (opened.ok) {
        expect(read.problem).toBeUndefined();
        expect(read.declared?.message.name).toBe(opened.value.type.messageName);
        continue;
      }
      const kind = KINDS.get(opened.error.reason);
      if (kind === 'invalid-signature') expect(read.signature).toBe('invalid');
      else expect(read.problem?.kind).toBe(kind ?? 'does-not-fit');
      if (opened.error.reason === 'decode') {
        const { detail, field: path, reason } = opened.error.error;
        expect(read.problem).toMatchObject({ detail, path, reason });
      }
    }
  }
  expect(count).toBeGreaterThan(60);
});

const TAG = { kind: 'integer', value: 0x59n } as const;
const ASK = message('Ask', [field('number', uint(16))], { auth: 'unsigned', id: 7 });
const NEW_ASK = message(
  'NewAsk',
  [field('tag', uint(8), { constant: TAG }), field('one', uint(8))],
  {
    auth: 'unsigned',
    id: 7,
    overrides: 'Ask',
  },
);
const OVERRIDES = createProtocols(
  model([
    'schemas/sample.ipv8',
    [
      community('Base', [ASK], { identity: { kind: 'abstract' } }),
      community('Child', [NEW_ASK], { parent: 'Base' }),
      community('Twin', [], { parent: 'Child', identity: { kind: 'inherited' } }),
    ],
  ]),
  { base: undefined, unnamed: undefined },
);

test.each([
  ['5901', 'NewAsk', undefined],
  ['5801', 'Ask', undefined],
  ['59', 'NewAsk', 24],
  ['58', 'Ask', 23],
])('an override is tried first: %s', (body, name, offset) => {
  const bytes = fromHex(`0002${'ab'.repeat(20)}07${body}`);
  const read = readPacket(bytes, { protocols: OVERRIDES, readKey: () => undefined, compat: false });
  expect(read.declared?.message.name).toBe(name);
  expect(read.problem?.offset).toBe(offset);
  expect(read.overlay?.communities.map((one) => one.name)).toEqual(['Child', 'Twin']);
});
