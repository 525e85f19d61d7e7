/** The discovery overlay between our own nodes. */
import { expect, test } from 'vitest';
import {
  DiscoveryIntroductionRequest,
  discoveryProtocol,
  Ping,
  Pong,
  SimilarityRequest,
  SimilarityResponse,
} from '../../../generated/discovery.ts';
import { ConnectionType } from '../../../generated/introduction.ts';
import { lamportProtocol } from '../../../generated/lamport.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { discoveryCommunity } from '../../../runtime/communities/discovery/discovery.ts';
import { SIMILARITY_COMMUNITIES_MAX } from '../../../runtime/communities/discovery/limits.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { HostConfig, WalkerDefinition } from '../../../runtime/config/config.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { createNode } from '../../../runtime/node/node.ts';
import type { Node } from '../../../runtime/node/node.ts';
import { createPrefix, messageIdOf } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { createWorld } from '../../../runtime/simulation/world.ts';
import type { World } from '../../../runtime/simulation/world.ts';
import { at, createBench, crypto, newKey } from '../community/bench.ts';
import { lamportSession } from '../node/fixtures.ts';

const DISCOVERY_ID = discoveryProtocol.communityId;
const LAMPORT_ID = lamportProtocol.communityId;
const FIRST: HostConfig = ['10.0.0.1', 8090];

const DEFAULT_WALKERS: readonly WalkerDefinition[] = [
  { strategy: 'RandomWalk', peers: 20, init: {} },
  { strategy: 'RandomChurn', peers: -1, init: {} },
  { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
];

/** Walks in the discovery overlay only; its Lamport overlay finds nobody by itself. */
function discoveryNode(world: World, host: string, keys: readonly [string, string]): Node {
  const [discoveryKey, lamportKey] = keys;
  const builder = new ConfigBuilder().clearKeys().clearOverlays().setAddress(host);
  for (const alias of new Set(keys)) builder.addEphemeralKey(alias);
  const config = builder
    .addOverlay('DiscoveryCommunity', discoveryKey, {
      walkers: DEFAULT_WALKERS,
      bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: [FIRST] } }],
    })
    .addOverlay('Lamport', lamportKey)
    .finalize();
  const extraCommunities = { Lamport: lamportSession().community };
  return createNode(config, { env: world.env(host), crypto, extraCommunities });
}

async function startAll(world: World, nodes: readonly Node[]): Promise<void> {
  const started = Promise.all(nodes.map((node) => node.start()));
  await world.run({ forMs: 100 });
  await started;
}

async function stopAll(world: World, nodes: readonly Node[]): Promise<void> {
  const stopped = Promise.all(nodes.map((node) => node.stop()));
  await world.run({ forMs: 1_000 });
  await stopped;
}

test('an overlay that finds nobody by itself learns of peers through the discovery overlay', async () => {
  const world = createWorld({ seed: 1 });
  const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  const nodes = hosts.map((host) => discoveryNode(world, host, ['one', 'one']));
  await startAll(world, nodes);
  const isWhole = (): boolean =>
    nodes.every((node) => node.overlay('Lamport')?.peers().length === 2);
  expect(await world.runUntil(isWhole, { withinMs: 30_000 })).toBe(true);
  for (const peer of nodes[0]?.network.peers() ?? []) {
    expect(nodes[0]?.network.servicesOf(peer)).toEqual(
      expect.arrayContaining([DISCOVERY_ID, LAMPORT_ID]),
    );
  }
  await stopAll(world, nodes);
});

test('every peer is timed five times, and who crashed is forgotten by all within 75 seconds', async () => {
  const world = createWorld({ seed: 2 });
  const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'];
  const nodes = hosts.map((host) => discoveryNode(world, host, ['one', 'one']));
  await startAll(world, nodes);
  await world.run({ forMs: 80_000 });
  for (const { network } of nodes) {
    expect(network.peers()).toHaveLength(3);
    for (const peer of network.peers()) {
      const times = network.roundTripsOf(peer);
      expect(times).toHaveLength(5);
      // 20 to 60 ms each way.
      expect(times.every((ms) => ms >= 40 && ms <= 120)).toBe(true);
    }
  }
  world.crash('10.0.0.4');
  const left = nodes.slice(0, 3);
  await world.run({ forMs: 50_000 });
  expect(left.map(({ network }) => network.peers().length)).toEqual([3, 3, 3]);
  await world.run({ forMs: 25_000 });
  expect(left.map(({ network }) => network.peers().length)).toEqual([2, 2, 2]);
  await stopAll(world, left);
});

/** A node on the bench in the discovery overlay and, with another key, in the Lamport overlay. */
function benchNode(bench: ReturnType<typeof createBench>, place: string, lamportKey: PrivateKey) {
  const key = newKey();
  return bench.node(place, {
    community: discoveryCommunity,
    key,
    siblings: () => [
      { communityId: DISCOVERY_ID, myPeer: createPeer(key.publicKey), identity: key },
      { communityId: LAMPORT_ID, myPeer: createPeer(lamportKey.publicKey), identity: lamportKey },
    ],
  });
}

const newKeyOnce = newKey();
const prefix = createPrefix(discoveryProtocol.version, DISCOVERY_ID);

function similarityRequest(key: PrivateKey, communityIds: readonly string[]): Uint8Array {
  const message = new SimilarityRequest({
    identifier: 7,
    lanAddress: NO_ADDRESS,
    wanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown },
    preferenceList: communityIds.map(fromHex),
  });
  return seal(SimilarityRequest, message, { prefix, identity: key, crypto, globalTime: 1n });
}

function similarityAnswers(sent: readonly { readonly bytes: Uint8Array }[]) {
  return sent
    .filter(({ bytes }) => messageIdOf(bytes) === SimilarityResponse.id)
    .map(({ bytes }) => {
      const opened = open(bytes, SimilarityResponse, { crypto });
      if (!opened.ok) throw new Error(opened.error.reason);
      const { message } = opened.value;
      if (!(message instanceof SimilarityResponse)) throw new Error('another message');
      const { identifier, preferenceList } = message;
      return { id: opened.value.peer?.id, identifier, says: preferenceList.map(toHex) };
    });
}

test('who was started anew with another key is forgotten under the old one', async () => {
  const world = createWorld({ seed: 3 });
  const create = (host: string): Node => discoveryNode(world, host, ['one', 'one']);
  const staying = create('10.0.0.1');
  const leaving = create('10.0.0.2');
  await startAll(world, [staying, leaving]);
  await world.run({ forMs: 30_000 });
  const [old] = staying.network.peers();
  await stopAll(world, [leaving]);
  const coming = create('10.0.0.2');
  await startAll(world, [coming]);
  await world.run({ forMs: 75_000 });
  expect(old).toBeDefined();
  expect(staying.network.peers().map(({ id }) => id)).toEqual([coming.overlays[0]?.myPeer.id]);
  await stopAll(world, [staying, coming]);
});

test('a question is answered by the key of the overlay; by others too once the asker is proved', () => {
  const bench = createBench();
  const lamportKey = newKey();
  const node = benchNode(bench, '1.1.1.1:1', lamportKey);
  const asker = newKey();
  const own = { id: node.peer.id, identifier: 7, says: [DISCOVERY_ID] };
  node.receive(similarityRequest(asker, []), '2.2.2.2:2');
  expect(similarityAnswers(bench.take())).toEqual([own]);
  const peer = createPeer(asker.publicKey);
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), DISCOVERY_ID);
  node.network.confirmAddress(peer, at('2.2.2.2:2'));
  node.receive(similarityRequest(asker, []), '2.2.2.2:2');
  const other = { id: createPeer(lamportKey.publicKey).id, identifier: 7, says: [LAMPORT_ID] };
  expect(similarityAnswers(bench.take())).toEqual([other, own]);
});

test('what a question says is kept of peers, and of nobody else', () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const asker = newKey();
  const peer = createPeer(asker.publicKey);
  node.receive(similarityRequest(asker, [LAMPORT_ID]), '2.2.2.2:2');
  expect(node.network.servicesOf(peer)).toEqual([]);
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), DISCOVERY_ID);
  node.receive(similarityRequest(asker, [LAMPORT_ID]), '2.2.2.2:2');
  expect(node.network.servicesOf(peer)).toEqual([DISCOVERY_ID, LAMPORT_ID]);
  expect(node.network.peers(LAMPORT_ID)).toEqual([peer]);
});

test('ten times as many communities as a peer may be in: the first ones are kept', () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const asker = newKey();
  const peer = createPeer(asker.publicKey);
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), DISCOVERY_ID);
  const ids = Array.from({ length: 10 * SIMILARITY_COMMUNITIES_MAX }, (_, number) =>
    number.toString(16).padStart(40, '0'),
  );
  node.receive(similarityRequest(asker, ids), '2.2.2.2:2');
  expect(node.network.servicesOf(peer)).toEqual(ids.slice(0, SIMILARITY_COMMUNITIES_MAX));
});

test('an answer to nothing, or by another key, teaches nothing', async () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const other = benchNode(bench, '2.2.2.2:2', newKey());
  const answer = (key: PrivateKey, identifier: number): Uint8Array => {
    const preferenceList = [fromHex(LAMPORT_ID)];
    const message = new SimilarityResponse({ identifier, preferenceList, overlap: [] });
    return seal(SimilarityResponse, message, { prefix, identity: key, crypto, globalTime: 1n });
  };
  for (let identifier = 0; identifier < 100; identifier++) {
    node.receive(answer(other.identity, identifier), '2.2.2.2:2');
  }
  expect(node.counters.unsolicited).toBe(100);
  node.walkable.walkTo(at('2.2.2.2:2'));
  bench.run();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  const asked = bench.sent.find(
    ({ bytes, from }) => messageIdOf(bytes) === SimilarityRequest.id && from.port === 1,
  );
  expect(asked).toBeDefined();
  expect(node.network.peers(LAMPORT_ID)).toEqual([]);
});

test("a request in Dispersy's form that nobody may answer is not counted as handled", () => {
  const node = benchNode(createBench(), '1.1.1.1:1', newKey());
  const request = new DiscoveryIntroductionRequest({
    introduceTo: new Uint8Array(20),
    destinationAddress: at('1.1.1.1:1'),
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
    identifier: 7,
    extraBytes: new Uint8Array(),
  });
  const envelope = { prefix, identity: newKey(), crypto, globalTime: 9n };
  node.receive(seal(DiscoveryIntroductionRequest, request, envelope), '2.2.2.2:0');
  expect(node.counters).toMatchObject({ handled: 0, 'bad-address': 1 });
});

test('a ping is answered, to whoever asks, at its own size', () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const ping = new Ping({ identifier: 300 });
  const question = seal(Ping, ping, { prefix, identity: newKey(), crypto, globalTime: 9n });
  node.receive(question, '2.2.2.2:2');
  const [answer] = bench.take();
  expect(answer?.to).toEqual(at('2.2.2.2:2'));
  expect(answer?.bytes).toHaveLength(question.length);
  expect([...(answer?.bytes.slice(-2) ?? [])]).toEqual([1, 44]);
});

test("whoever forges a peer's address cannot keep it alive, not even with all pongs there are", () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const peer = createPeer(newKey().publicKey);
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), DISCOVERY_ID);
  const heard = node.network.lastHeard(peer);
  bench.clock.advance(30_000);
  for (let identifier = 0; identifier < 1_000; identifier++) {
    for (const type of [Ping, Pong]) {
      const message = new type({ identifier });
      const key = { prefix, identity: newKeyOnce, crypto, globalTime: 1n };
      node.receive(seal<unknown>(type, message, key), '2.2.2.2:2');
    }
  }
  expect(node.network.lastHeard(peer)).toBe(heard);
  expect(node.network.roundTripsOf(peer)).toEqual([]);
  expect(node.counters).toMatchObject({ unsolicited: 1_000, handled: 1_000 });
});

test('the answer to a ping is a sign of life, and is timed', async () => {
  const bench = createBench();
  const node = benchNode(bench, '1.1.1.1:1', newKey());
  const other = benchNode(bench, '2.2.2.2:2', newKey());
  node.network.addVerifiedPeer(other.peer, other.address, DISCOVERY_ID);
  bench.clock.advance(30_000);
  discoveryCommunity.strategies?.['RandomChurn']?.(node.overlay, {}).step();
  await Promise.resolve();
  bench.clock.advance(40);
  bench.run();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect(node.network.roundTripsOf(other.peer)).toEqual([40]);
  expect(bench.clock.now() - (node.network.lastHeard(other.peer) ?? 0)).toBe(0);
});
