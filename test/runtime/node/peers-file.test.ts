/** Known peers from one run to the next, in a simulated world. */
import { expect, test } from 'vitest';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { PEERS_FILE_INTERVAL_MS } from '../../../runtime/node/peers-file.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { createWorld } from '../../../runtime/simulation/world.ts';
import type { World } from '../../../runtime/simulation/world.ts';
import { lamportConfig, lamportSession, peerCount, recordingLog } from './fixtures.ts';

const crypto = await createCrypto();

function nodeOf(world: World, host: string, options: { readonly knowsFirst: boolean }): Node {
  const { knowsFirst } = options;
  const config = lamportConfig(host, knowsFirst ? { hosts: [['10.0.0.1', 8090]] } : {});
  const { community } = lamportSession();
  const extraCommunities = { Lamport: community };
  const given = { ...config, workingDirectory: 'state', peersFile: 'peers' };
  return createNode(given, { env: world.env(host), crypto, extraCommunities });
}

async function settle(world: World, promise: Promise<void>): Promise<void> {
  await world.run({ forMs: 100 });
  await promise;
}

test('a node that starts again finds its peers without a bootstrapper', async () => {
  const world = createWorld({ seed: 1 });
  const first = nodeOf(world, '10.0.0.1', { knowsFirst: false });
  const second = nodeOf(world, '10.0.0.2', { knowsFirst: true });
  for (const node of [first, second]) await settle(world, node.start());
  expect(await world.runUntil(() => peerCount(second) === 1, { withinMs: 10_000 })).toBe(true);
  await settle(world, second.stop());
  const again = nodeOf(world, '10.0.0.2', { knowsFirst: false });
  await settle(world, again.start());
  expect(await world.runUntil(() => peerCount(again) === 1, { withinMs: 10_000 })).toBe(true);
  for (const node of [first, again]) await settle(world, node.stop());
});

test('a crash costs what was learned in the last ten minutes at most', async () => {
  const world = createWorld({ seed: 2 });
  const first = nodeOf(world, '10.0.0.1', { knowsFirst: false });
  const second = nodeOf(world, '10.0.0.2', { knowsFirst: true });
  for (const node of [first, second]) await settle(world, node.start());
  await world.run({ forMs: PEERS_FILE_INTERVAL_MS });
  world.crash('10.0.0.2');
  expect((await world.env('10.0.0.2').storage.read('state/peers')).ok).toBe(true);
  await settle(world, first.stop());
});

test('a node that met nobody leaves the file as it is', async () => {
  const world = createWorld({ seed: 3 });
  const { storage } = world.env('10.0.0.1');
  const kept = Uint8Array.of(1, 10, 0, 0, 9, 31, 154);
  await storage.replace('state/peers', kept);
  const node = nodeOf(world, '10.0.0.1', { knowsFirst: false });
  await settle(world, node.start());
  await world.run({ forMs: 20_000 });
  await settle(world, node.stop());
  expect(await storage.read('state/peers')).toEqual({ ok: true, value: kept });
});

test.each([
  ['damaged', Uint8Array.of(1, 2, 3), 'at offset'],
  ['endless', new Uint8Array(1_000_000), 'more than 19000'],
])('a %s file is refused with what is wrong, and the node starts', async (_, bytes, says) => {
  const world = createWorld({ seed: 4 });
  const log = recordingLog();
  const env = { ...world.env('10.0.0.1'), log };
  await env.storage.replace('peers', bytes);
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('10.0.0.1')
    .setPeersFile('peers')
    .finalize();
  const node = createNode(config, { env, crypto });
  await settle(world, node.start());
  const line = log.lines.find((one) => one.startsWith('WARNING known peers not loaded'));
  expect(line).toContain('file=peers');
  expect(line).toContain(says);
  expect(line).toContain('delete it to begin anew');
  await settle(world, node.stop());
});
