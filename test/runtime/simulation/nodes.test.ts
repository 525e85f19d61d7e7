/** Real nodes in worlds with faults. */
import { expect, test } from 'vitest';
import { lamportProtocol, sendClock } from '../../../generated/lamport.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode } from '../../../runtime/node/node.ts';
import {
  createStandInCrypto,
  createWorld,
  introduce,
  readMessages,
  trySeeds,
  type Link,
  type World,
} from '../../../runtime/simulation/index.ts';
import { lamportConfig, lamportSession } from '../node/fixtures.ts';
import { seededCrypto } from './seeded-crypto.ts';

const crypto = createStandInCrypto(await createCrypto());
const HOSTS = ['1.0.0.1', '2.0.0.1', '3.0.0.1'] as const;

/** A node on each host, which begins at the first one; not introduced to each other. */
async function start(world: World, hosts: readonly string[] = HOSTS) {
  const { community } = lamportSession();
  const placed = hosts.map((host) => {
    const config = lamportConfig('0.0.0.0', { hosts: [[HOSTS[0], 8090]] });
    const seeded = seededCrypto(world.env(host).random);
    const extraCommunities = { Lamport: community };
    const node = createNode(config, { env: world.env(host), crypto: seeded, extraCommunities });
    return { host, node };
  });
  for (const { node } of placed) await node.start();
  return placed;
}

function peersOf(placed: Awaited<ReturnType<typeof start>>): number[] {
  return placed.map(({ node }) => node.overlay('Lamport')?.peers().length ?? 0);
}

test('introduced nodes talk at once, and what was received is read from the trace', async () => {
  const world = createWorld({ seed: 1 });
  const placed = await start(world);
  introduce(placed);
  expect(peersOf(placed)).toEqual([2, 2, 2]);
  const [first, second] = placed.map(({ node }) => node.overlay('Lamport'));
  if (first === undefined || second === undefined) throw new Error('no overlay');
  sendClock(first, second.myPeer, { clock: 98 });
  expect(await world.runUntilQuiet({ withinMs: 1_000 })).toBe(true);
  const options = { protocol: lamportProtocol, crypto };
  const received = readMessages(world.entries, options);
  expect(received.map(({ name, message, to }) => [name, message, to.host])).toEqual([
    ['Clock', { clock: 98 }, HOSTS[1]],
    ['Clock', { clock: 99 }, HOSTS[0]],
  ]);
  expect(received[0]?.peer?.id).toBe(first.myPeer.id);
  expect(readMessages(world.entries, { ...options, to: HOSTS[0] })).toEqual(received.slice(1));
  for (const { node } of placed) await node.stop();
});

test('a node that crashes is replaced by one on the same host, and found again', async () => {
  const world = createWorld({ seed: 2 });
  const placed = await start(world);
  const isComplete = (): boolean => peersOf(placed).every((count) => count === 2);
  expect(await world.runUntil(isComplete, { withinMs: 20_000 })).toBe(true);
  world.crash(HOSTS[2]);
  const [again] = await start(world, [HOSTS[2]]);
  if (again === undefined) throw new Error('no node');
  const hasPeers = (): boolean => peersOf([again])[0] === 2;
  expect(await world.runUntil(hasPeers, { withinMs: 20_000 })).toBe(true);
});

const LINK: Link = { delayMs: { min: 10, max: 60 }, loss: 0 };

/** What can happen to a network; after it is mended, all find each other. */
const SCENARIOS: readonly (readonly [
  name: string,
  link: Partial<Link>,
  fault: (world: World) => () => void,
])[] = [
  ['loss', { loss: 0.3 }, () => () => {}],
  ['corruption and duplicates', { corrupt: 0.2, duplicate: 0.3 }, () => () => {}],
  ['reordering', { reorder: { share: 0.5, byMs: 900 } }, () => () => {}],
  ['a partition', {}, (world) => world.partition([HOSTS[0]], [HOSTS[1], HOSTS[2]])],
  [
    'a clog and a wrong clock',
    {},
    (world) => {
      world.setClock(HOSTS[1], { skewMs: 300_000, rate: 1.01 });
      return world.clog({ to: [HOSTS[0]] });
    },
  ],
];

/** As the line says that replays one. */
const SEEDS = (process.env['SEED'] ?? '1,2,3').split(',').map(Number);

test.each(SCENARIOS)(
  'nodes find each other after %s, three times the same',
  async (name, link, fault) => {
    const run = async (seed: number): Promise<string> => {
      const world = createWorld({ seed, link: { ...LINK, ...link } });
      const mend = fault(world);
      const placed = await start(world);
      await world.run({ forMs: 5_000 });
      mend();
      const isComplete = (): boolean => peersOf(placed).every((count) => count === 2);
      expect(await world.runUntil(isComplete, { withinMs: 120_000 })).toBe(true);
      return world.traceHash;
    };
    const replay = (seed: number): string =>
      `SEED=${seed} npx vitest run test/runtime/simulation/nodes.test.ts -t "after ${name}"`;
    await trySeeds(SEEDS, replay, async (seed) => {
      const hashes = new Set([await run(seed), await run(seed), await run(seed)]);
      expect(hashes.size).toBe(1);
    });
  },
);

test('the first seed that fails is named with the line that replays it', async () => {
  const tried: number[] = [];
  const scenario = async (seed: number): Promise<void> => {
    tried.push(seed);
    if (seed === 6) throw new Error('a peer was lost');
  };
  await expect(
    trySeeds([5, 6, 7], (seed) => `npm run it -- --seed ${seed}`, scenario),
  ).rejects.toThrow('seed 6 fails: a peer was lost\nreplay: npm run it -- --seed 6');
  expect(tried).toEqual([5, 6]);
});
