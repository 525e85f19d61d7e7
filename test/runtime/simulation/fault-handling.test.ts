/** Each fault beside what handles it: with that, nodes go on as they should; without, they do not. */
import { expect, test } from 'vitest';
import { type Clock, lamportProtocol, sendClock } from '../../../generated/lamport.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { WalkerDefinition } from '../../../runtime/config/config.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import {
  createWorld,
  introduce,
  type Link,
  readMessages,
  type World,
} from '../../../runtime/simulation/index.ts';
import { Note } from '../community/notes.ts';
import { lamportSession } from '../node/fixtures.ts';
import { STEADY } from './hosts.ts';
import { seededCrypto } from './seeded-crypto.ts';

const [FIRST, SECOND, THIRD, FOURTH] = ['1.0.0.1', '2.0.0.1', '3.0.0.1', '4.0.0.1'] as const;
const PORT = 8090;

type Settings = {
  /** Whom to ask first. */
  readonly known?: readonly string[];
  /** Seconds until they are asked again. */
  readonly askAgain?: number;
  readonly churns?: boolean;
  readonly crypto?: Partial<Crypto>;
};

async function start(world: World, host: string, settings: Settings = {}): Promise<Node> {
  const { known = [FIRST], askAgain = 5, churns = false } = settings;
  const env = world.env(host);
  const walkers: WalkerDefinition[] = [
    { strategy: 'RandomWalk', peers: 10, init: { timeout: 3 } },
    ...(churns ? [{ strategy: 'RandomChurn', peers: -1, init: {} } as const] : []),
  ];
  const ipAddresses = known.map((each) => [each, PORT] as const);
  const bootstrappers = [
    { class: 'KnownHosts', init: { ipAddresses, bootstrapTimeout: askAgain } } as const,
  ];
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(host)
    .setPort(PORT)
    .addKey('my peer', 'curve25519', 'my-peer.pem')
    .addOverlay('DiscoveryCommunity', 'my peer', { walkers, bootstrappers })
    .addOverlay('Lamport', 'my peer')
    .finalize();
  const node = createNode(config, {
    env,
    crypto: { ...seededCrypto(env.random), ...settings.crypto },
    extraCommunities: { Lamport: lamportSession().community },
  });
  await node.start();
  return node;
}

function idOf(node: Node): string {
  return node.overlay('DiscoveryCommunity')?.myPeer.id ?? '';
}

function ids(node: Node): readonly string[] {
  return (
    node
      .overlay('DiscoveryCommunity')
      ?.peers()
      .map(({ id }) => id) ?? []
  );
}

/** Two nodes; whether they know each other after half a minute. */
async function meet(world: World, settings: Settings = {}): Promise<boolean> {
  const [one, two] = [await start(world, FIRST, settings), await start(world, SECOND, settings)];
  return world.runUntil(() => ids(one).includes(idOf(two)) && ids(two).includes(idOf(one)), {
    withinMs: 30_000,
  });
}

test.each([
  ['asked again', 5, true],
  ['asked once', 3_600, false],
])('loss: a first host that is %s', async (_, askAgain, isFound) => {
  const world: World = createWorld({
    seed: 1,
    link: () => ({ ...STEADY, loss: world.now < 2_000 ? 1 : 0 }),
  });
  expect(await meet(world, { askAgain })).toBe(isFound);
});

test.each([
  ['another one', [FIRST, THIRD], true],
  ['it alone', [FIRST], false],
])('the first host is down: whoever knows %s', async (_, known, isFound) => {
  const world = createWorld({ seed: 1, link: STEADY });
  const third = await start(world, THIRD);
  const second = await start(world, SECOND, { known });
  const isMet = () => ids(third).includes(idOf(second)) && ids(second).includes(idOf(third));
  expect(await world.runUntil(isMet, { withinMs: 30_000 })).toBe(isFound);
});

test.each([
  ['a host of the other part', FIRST, true],
  ['hosts of its own part alone', THIRD, false],
])('a partition from the start: when it is mended, who knows %s', async (_, known, isFound) => {
  const world = createWorld({ seed: 1, link: STEADY });
  const join = world.partition([FIRST, SECOND], [THIRD, FOURTH]);
  const one = await start(world, FIRST);
  await start(world, SECOND);
  await start(world, THIRD, { known: [THIRD] });
  const four = await start(world, FOURTH, { known: [THIRD, known] });
  await world.run({ forMs: 30_000 });
  // Each part is a network in itself, so that nobody has to look for a first host.
  expect([ids(one).length, ids(four).length]).toEqual([1, 1]);
  join();
  const isOne = () => ids(one).length === 3 && ids(four).length === 3;
  expect(await world.runUntil(isOne, { withinMs: 120_000 })).toBe(isFound);
});

test.each([
  ['late', 4_000, true],
  ['later than an answer counts', 5_100, false],
])('delay: answers that come %s', async (_, oneWayMs, isFound) => {
  const link: Link = { loss: 0, delayMs: { min: oneWayMs, max: oneWayMs } };
  const world = createWorld({ seed: 1, link });
  const [one, two] = [await start(world, FIRST), await start(world, SECOND)];
  await world.run({ forMs: 30_000 });
  expect(one.network.isProved({ kind: 'ipv4', host: SECOND, port: PORT })).toBe(isFound);
  expect(two.network.isProved({ kind: 'ipv4', host: FIRST, port: PORT })).toBe(isFound);
});

test.each([
  ['checked', {}, true],
  ['not checked', { verify: () => true }, false],
])('corruption: signatures that are %s', async (_, used, isWhole) => {
  const world = createWorld({ seed: 1, link: { ...STEADY, corrupt: 0.5 } });
  const placed = [];
  for (const host of [FIRST, SECOND]) {
    placed.push({ host, node: await start(world, host, { crypto: used }) });
  }
  introduce(placed);
  const [sender, receiver] = placed.map(({ node }) => node.overlay('Lamport'));
  if (sender === undefined || receiver === undefined) throw new Error('no overlay');
  for (let count = 0; count < 200; count++) sendClock(sender, receiver.myPeer, { clock: 99 });
  await world.run({ forMs: 20 });
  const reading = seededCrypto(world.env(THIRD).random);
  const options = { protocol: lamportProtocol, crypto: { ...reading, ...used }, to: SECOND };
  const clocks = readMessages(world.entries, options).map(
    ({ message }) => (message as Clock).clock,
  );
  expect(clocks.length).toBeGreaterThan(80);
  expect(clocks.every((clock) => clock === 99)).toBe(isWhole);
});

test('duplicates: the second answer to a request counts for nothing', async () => {
  const world = createWorld({ seed: 1, link: { ...STEADY, duplicate: 1 } });
  const [one, two] = [await start(world, FIRST), await start(world, SECOND)];
  await world.run({ forMs: 10_000 });
  expect([ids(one), ids(two)]).toEqual([[idOf(two)], [idOf(one)]]);
  for (const { counters } of [one, two]) expect(counters['unsolicited']).toBeGreaterThan(5);
});

test.each([
  ['with its files is the same peer', true],
  ['without its files is a new one', false],
])('crash: a node that starts again %s', async (_, keepsFiles) => {
  const world = createWorld({ seed: 1, link: STEADY });
  const [one, two] = [await start(world, FIRST), await start(world, SECOND)];
  expect(await world.runUntil(() => ids(one).length === 1, { withinMs: 30_000 })).toBe(true);
  world.crash(SECOND, { keepsFiles });
  const again = await start(world, SECOND);
  expect(idOf(again) === idOf(two)).toBe(keepsFiles);
  await world.run({ forMs: 30_000 });
  expect(ids(again)).toEqual([idOf(one)]);
  // The old one is not known to be gone.
  expect(ids(one)).toEqual(keepsFiles ? [idOf(two)] : [idOf(two), idOf(again)]);
});

test.each([
  ['with a churn is forgotten', true],
  ['without one stays', false],
])('crash: a peer that is gone for good %s', async (_, churns) => {
  const world = createWorld({ seed: 1, link: STEADY });
  const one = await start(world, FIRST, { churns });
  const two = await start(world, SECOND, { churns });
  expect(await world.runUntil(() => ids(one).length === 1, { withinMs: 30_000 })).toBe(true);
  world.crash(SECOND);
  await world.run({ forMs: 120_000 });
  expect(ids(one)).toEqual(churns ? [] : [idOf(two)]);
});

test('a wrong clock: nothing that nodes do depends on the time of day, all on its passing', async () => {
  const run = async (skewMs: number, rate: number): Promise<string> => {
    const world = createWorld({ seed: 1, link: STEADY });
    world.setClock(SECOND, { skewMs, rate });
    await meet(world);
    await world.run({ forMs: 10_000 });
    return world.traceHash;
  };
  const right = await run(0, 1);
  expect(await run(300_000, 1)).toBe(right);
  expect(await run(-300_000, 1)).toBe(right);
  expect(await run(0, 1.1)).not.toBe(right);
});

test('a small MTU: what fits no Ethernet frame is refused with words, and does not vanish', async () => {
  const world = createWorld({ seed: 1, link: { ...STEADY, mtu: 1_500 } });
  const node = await start(world, FIRST);
  const overlay = node.overlay('Lamport');
  const to = { kind: 'ipv4', host: SECOND, port: PORT } as const;
  const sent = overlay?.send(to, Note, new Note({ text: 'x'.repeat(1_400) }));
  expect(sent?.ok === false && sent.error.code).toBe('too-large');
  await world.run({ forMs: 20 });
  expect(world.counts['too-large'] ?? 0).toBe(0);
});
