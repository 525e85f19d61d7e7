import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { amplificationOf } from '../../../compiler/ir/amplification.ts';
import type { Message, Model } from '../../../compiler/ir/model.ts';
import {
  createPacketSizes,
  KEY_SIZES,
  KEY_TYPES,
  type PacketSizes,
} from '../../../compiler/ir/packet-size.ts';
import { programOf } from '../check/expect-problems.ts';
import { ROOT } from '../emit/temporary-modules.ts';

function vectors(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, 'test/vectors', `${name}.json`), 'utf8')) as never;
}

function schema(name: string): string {
  return readFileSync(join(ROOT, 'schemas', `${name}.ipv8`), 'utf8');
}

type Measured = { readonly sizes: PacketSizes; readonly message: (name: string) => Message };

function measured(model: Model): Measured {
  const declarations = model.modules.flatMap((module) => module.declarations);
  const sizes = createPacketSizes((name) =>
    declarations
      .filter((one) => one.kind === 'struct' || one.kind === 'union')
      .find((one) => one.name === name),
  );
  const messages = declarations.flatMap((one) => (one.kind === 'community' ? one.messages : []));
  return {
    sizes,
    message(name) {
      const found = messages.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no message ${name}`);
      return found;
    },
  };
}

async function measure(text: string): Promise<Measured> {
  const { diagnostics, model } = await programOf({ 'a.ipv8': text });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return measured(model);
}

test('keys and signatures are as long as recorded ones', () => {
  type Key = { level: keyof typeof KEY_SIZES; public_bin: string; signature_length: number };
  const keys = vectors('keys')['keys'] as readonly Key[];
  expect(new Set(keys.map(({ level }) => level))).toEqual(new Set(KEY_TYPES));
  for (const { level, public_bin: bytes, signature_length: signature } of keys) {
    expect({ publicKey: bytes.length / 2, signature }).toEqual(KEY_SIZES[level]);
  }
});

const SOCKET = { via: 'socket', key: 'curve25519', family: 'ipv4' } as const;

/** The bounds are those that py-ipv8 keeps in its handlers: 8 values of 170 bytes, 8 nodes. */
const DHT = schema('dht')
  // Behind the declarations are vectors, some with longer keys.
  .replace(/^vector [^]*/m, '')
  .replaceAll(/values: list<[^\n]*/g, 'values: list<bytes<u16, ..170>, u8, ..8>')
  .replaceAll(/nodes: list<[^\n]*/g, 'nodes: list<inline DhtNode, u8, ..8>')
  .replace(/public_key: bytes<u16[^\n]*/, 'public_key: bytes<u16, ..74>');

test('the DHT of py-ipv8 exceeds a datagram and amplifies', async () => {
  const { message, sizes } = await measure(DHT);
  expect(sizes.ofMessage(message('StoreRequest'), SOCKET).largest).toBe(1584);
  expect(sizes.ofMessage(message('FindRequest'), SOCKET).smallest).toBe(199);

  // It answers with values or with nodes, which a schema does not say.
  const values = await measure(DHT.replaceAll('DhtNode, u8, ..8', 'DhtNode, u8, ..0'));
  const response = values.message('FindResponse');
  expect(values.sizes.ofMessage(response, SOCKET).largest).toBe(1565);
  const amplified = amplificationOf(values.message('FindRequest'), response, values.sizes);
  expect(amplified).toMatchObject({ request: 199, response: 1565 });
  expect(amplified?.factor.toFixed(1)).toBe('7.9');

  const nodes = await measure(DHT.replaceAll('..170>, u8, ..8', '..170>, u8, ..0'));
  const found = nodes.message('FindResponse');
  expect(nodes.sizes.ofMessage(found, SOCKET).largest).toBe(853);
  expect(nodes.sizes.ofMessage(found, { ...SOCKET, family: 'ipv6' }).largest).toBe(949);
});

test('introductions have the sizes that were measured', async () => {
  const { message, sizes } = await measure(schema('introduction'));
  const smallest = (name: string, key: 'curve25519' | 'medium' | undefined): number =>
    sizes.ofMessage(message(name), { ...SOCKET, key }).smallest;
  expect(smallest('IntroductionRequest', 'curve25519')).toBe(192);
  expect(smallest('IntroductionResponse', 'curve25519')).toBe(204);
  expect(smallest('PunctureRequest', undefined)).toBe(45);
  expect(smallest('Puncture', 'curve25519')).toBe(185);
  expect(smallest('Puncture', 'medium')).toBe(185 + 94);
});

test('what takes the rest may fill the datagram', async () => {
  const { message, sizes } = await measure(schema('introduction'));
  const request = message('IntroductionRequest');
  expect(sizes.ofMessage(request, SOCKET).largest).toBe(1472);
  expect(sizes.ofMessage(request, { ...SOCKET, family: 'ipv6' }).largest).toBe(1452);
  expect(sizes.tightestOf(request)).toMatchObject({ largest: 1452, budget: 1452 });
});

test('every way of a message is measured', async () => {
  const { message, sizes } = await measure(schema('tunnel'));
  const ways = (name: string): readonly string[] =>
    sizes.allOf(message(name)).map(({ route }) => route.via);
  // Two families; five kinds of key, or none; no hop to three.
  expect(ways('Destroy')).toEqual(Array.from({ length: 10 }, () => 'socket'));
  expect(ways('Ping')).toEqual(Array.from({ length: 8 }, () => 'cell'));
  expect(ways('PeersRequest').filter((via) => via === 'data')).toHaveLength(8);
});

type Recorded = { readonly event: string; readonly message: string; readonly packet: string };

test('recorded cells have the sizes of their messages', async () => {
  const { message, sizes } = await measure(schema('tunnel'));
  const names = ['Create', 'Created', 'Extend', 'Extended', 'Ping', 'Pong', 'Destroy', 'Data'];
  const byId = new Map(names.map((name) => [message(name).id, message(name)]));
  const transcripts = vectors('crypto')['transcripts'] as readonly { events: Recorded[] }[];
  const cells = transcripts.flatMap(({ events }) =>
    events.filter((one) => one.event === 'send_cell'),
  );
  const seen = new Set<number>();
  for (const { message: inner, packet } of cells) {
    const sent = byId.get(Number.parseInt(inner.slice(0, 2), 16));
    if (sent === undefined) continue;
    const size = packet.length / 2;
    const content = inner.length / 2;
    // Encrypted once per hop, or not at all.
    const hops = (size - 29 - content) / 24;
    expect([0, 1, 2, 3]).toContain(hops);
    const { largest, smallest } = sizes.ofMessage(sent, { via: 'cell', hops, family: 'ipv4' });
    expect(size).toBeGreaterThanOrEqual(smallest);
    expect(size).toBeLessThanOrEqual(largest);
    seen.add(sent.id);
  }
  expect(seen.size).toBeGreaterThanOrEqual(6);
});
