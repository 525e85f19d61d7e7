/** Each kind of junk is what it says, and the node that gets it says so. */
import { expect, test } from 'vitest';
import { dhtProtocol } from '../../generated/dht.ts';
import { createAddress } from '../../runtime/address/text.ts';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import { createNode } from '../../runtime/node/node.ts';
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import { createSeededRandom, createWorld } from '../../runtime/simulation/index.ts';
import { createJunk, type Kind, KINDS, POOL } from './packets.ts';
import { createStore } from './store.ts';

const crypto = await createCrypto();

/** Of a hundred different ones, how many had each outcome; nothing is rate-limited. */
const EXPECTED: { readonly [Name in Kind]: { readonly [outcome: string]: number } } = {
  short: { 'too-short': 100 },
  prefix: { 'unknown-prefix': 100 },
  signature: { 'bad-signature': 100 },
  keys: { 'bad-signature': 100 },
  replay: { handled: 100 },
  // All from one network, of which few become peers: the overlay does not fill up.
  introductions: { handled: 50, unsolicited: 50 },
  stores: { handled: 100 },
};

test.each(KINDS)('%s', async (kind) => {
  const world = createWorld({ seed: 6 });
  const target = createAddress('1.0.0.1', 8090);
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .addEphemeralKey('my peer')
    .addOverlay('Store', 'my peer')
    .finalize();
  const node = createNode(config, {
    env: world.env(target.host),
    crypto,
    extraCommunities: { Store: createStore() },
    verifyPaces: 'off',
  });
  await node.start();
  expect(node.overlay('Store')?.communityId).toBe(dhtProtocol.communityId);
  const known = crypto.generateKey('curve25519');
  if (!known.ok) throw new Error(known.error.message);
  const random = createSeededRandom(6, kind);
  const junk = createJunk(kind, { crypto, random, target, known: known.value });
  expect(junk).toHaveLength(POOL);
  const socket = await world
    .env('6.6.6.6')
    .datagrams.bind(createAddress('6.6.6.6', 666), { onDatagram: () => {}, onError: () => {} });
  if (!socket.ok) throw socket.error;
  for (const bytes of junk.slice(0, 100)) socket.value.send(bytes, target);
  await world.run({ forMs: 1_000 });
  const counted = Object.entries(node.counters).filter(([, count]) => count > 0);
  expect(Object.fromEntries(counted)).toEqual(EXPECTED[kind]);
  await node.stop();
});
