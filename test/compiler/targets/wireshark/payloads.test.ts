/**
 * Every payload class of `payloads.json`, as a message of one community: each recorded payload is
 * shown with the values that py-ipv8 gives it, and what is cut is refused where the interpreter
 * refuses it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasCodec } from '../../../../compiler/ir/has-codec.ts';
import type { Field, Model } from '../../../../compiler/ir/model.ts';
import { createDeclarations } from '../../../../compiler/wire/declarations.ts';
import { readPacket } from '../../../../compiler/wire/packet.ts';
import { createProtocols } from '../../../../compiler/wire/protocols.ts';
import { rootsOf } from '../../../../compiler/wire/roots.ts';
import { fromHex } from '../../../../runtime/base/bytes.ts';
import type { StructType } from '../../../../runtime/protocol/protocol.ts';
import { readFieldsOf } from '../../../vector-runner/delivered.ts';
import { payloadType } from '../../../vector-runner/payload-types.ts';
import { isSame, type Json } from '../../../vector-runner/values.ts';
import { community, message } from '../../emit/model-factories.ts';
import { ROOT } from '../../emit/temporary-modules.ts';
import { comparePacket, readKey } from './compare-packet.ts';
import { sealed } from './made-packets.ts';
import { datagram, dissectorOf, HAS_TSHARK, modelOf, runTshark, TITLE } from './tshark.ts';

type Payload = { readonly id: string; readonly class: string; readonly module: string };

type Fields = { readonly [name: string]: Json };

type PayloadFile = {
  readonly cases: readonly (Payload & {
    readonly hex: string;
    readonly fields: Fields;
    readonly decoded?: Fields;
  })[];
  readonly truncations: readonly (Payload & {
    readonly hex: string;
    readonly prefixes: readonly { readonly length: number; readonly until?: number }[];
  })[];
};

const FILE = JSON.parse(
  readFileSync(new URL('../../../vectors/payloads.json', import.meta.url), 'utf8'),
) as PayloadFile;

/** The schemas of py-ipv8's own modules; all others are in `test/schemas`. */
const SCHEMA_OF: Readonly<Record<string, string>> = {
  'ipv8.messaging.payload': 'schemas/introduction.ipv8',
  'ipv8.messaging.payload_headers': 'schemas/envelope.ipv8',
  'ipv8.peerdiscovery.payload': 'schemas/discovery.ipv8',
  'ipv8.dht.payload': 'schemas/dht.ipv8',
  'ipv8.dht.provider': 'schemas/dht.ipv8',
  'ipv8.messaging.anonymization.payload': 'schemas/tunnel.ipv8',
  'ipv8.attestation.identity.payload': 'schemas/identity.ipv8',
  'ipv8.attestation.wallet.payload': 'schemas/attestation.ipv8',
};

const PATHS = ['schemas', 'test/schemas'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ipv8'))
    .map((name) => `${folder}/${name}`),
);

const PLACE = { communityId: 'ef'.repeat(20), version: 2 };

/** A class as a message with the fields that our schema gives it. */
type Wrapped = {
  readonly messageName: string;
  readonly id: number;
  readonly fields: readonly Field[];
};

function wrap(model: Model): ReadonlyMap<string, Wrapped> {
  const wrapped = new Map<string, Wrapped>();
  for (const { class: name, module } of [...FILE.cases, ...FILE.truncations]) {
    const key = `${module}.${name}`;
    if (wrapped.has(key)) continue;
    const { messageName = '' } = payloadType(module, name) ?? {};
    const found = model.modules
      .filter(
        ({ path }) =>
          path === SCHEMA_OF[module] || (!(module in SCHEMA_OF) && path.startsWith('test/')),
      )
      .flatMap((one) => rootsOf({ modules: [one] }))
      .find(({ root }) => root.name === messageName);
    if (found === undefined || 'variants' in found.root) throw new Error(`no ${messageName}`);
    wrapped.set(key, { messageName, id: wrapped.size, fields: found.root.fields });
  }
  return wrapped;
}

/** The model, and a community with a message for every class. */
function withWrapped(model: Model, wrapped: ReadonlyMap<string, Wrapped>): Model {
  const messages = [...wrapped.values()].map(({ fields, id }) =>
    message(`Payload${id}`, fields, { id, auth: 'unsigned' }),
  );
  const identity = { kind: 'fixed', communityId: PLACE.communityId } as const;
  const declarations = [community('Payloads', messages, { identity })];
  return {
    modules: [...model.modules, { path: 'payloads.ipv8', imports: [], declarations, vectors: [] }],
  };
}

describe.skipIf(!HAS_TSHARK)(TITLE, () => {
  test('shows every recorded payload, and where those break that are cut', async () => {
    const plain = await modelOf(...PATHS);
    const wrapped = wrap(plain);
    const model = withWrapped(plain, wrapped);
    const protocols = createProtocols(model, { base: undefined, unnamed: undefined });
    const { lookup } = createDeclarations(model);
    const packetOf = ({ class: name, module }: Payload, hex: string): Uint8Array => {
      const { id } = wrapped.get(`${module}.${name}`) ?? { id: 255 };
      return sealed({ auth: 'unsigned', id, isTimed: false }, PLACE, fromHex(hex));
    };
    const cut = FILE.truncations.flatMap((one) =>
      one.prefixes.flatMap(({ length, until = length }) =>
        Array.from({ length: until - length + 1 }, (_, at) =>
          packetOf(one, one.hex.slice(0, 2 * (length + at))),
        ),
      ),
    );
    const whole = FILE.cases.map((one) => packetOf(one, one.hex));
    const made = [...whole, ...cut];
    const { errors, packets } = runTshark(dissectorOf(model), made.map(datagram));
    expect(errors).not.toContain('Lua');
    let agreed = 0;
    for (const [at, bytes] of made.entries()) {
      const reading = readPacket(bytes, { protocols, readKey, compat: false });
      const one = FILE.cases[at];
      const id = one?.id ?? `cut ${at - whole.length}`;
      const compared = comparePacket(id, reading, packets[at] ?? { text: '', ipv8: undefined });
      if (one === undefined) continue;
      if (compared.kind !== 'value') throw new Error(`${id} is ${compared.kind}`);
      const { fields = [], messageName = '' } = wrapped.get(`${one.module}.${one.class}`) ?? {};
      // Of a codec the carrier is shown, which the recording does not have.
      if (hasCodec(fields, lookup)) continue;
      const payload = { class: one.class, fields: one.decoded ?? one.fields };
      const type = { messageName } as StructType<unknown>;
      expect(isSame(readFieldsOf([payload], type), compared.value), id).toBe(true);
      agreed++;
    }
    expect(agreed).toBeGreaterThan(650);
  });
});
