/**
 * Whatever happened, when it is over the network is whole again within a minute. The invariants that
 * hold meanwhile are those of every test: each datagram is counted once and belongs to a budget.
 */
import { expect, test } from 'vitest';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { HostConfig, WalkerDefinition } from '../../../runtime/config/config.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { createWorld, type Link } from '../../../runtime/simulation/index.ts';
import { createTracker, type Tracker } from '../../../runtime/tracker/tracker.ts';
import { seededCrypto } from './seeded-crypto.ts';

const NODES = 24;
/** As many as half of the nodes are, so that nobody finds enough of them in one half. */
const NEIGHBOURS = 12;
const FAULTS_MS = 90_000;
const HEALED_WITHIN_MS = 60_000;

const GOOD: Link = { delayMs: { min: 20, max: 100 }, loss: 0.01 };
const BAD: Link = {
  delayMs: { min: 20, max: 2_000 },
  loss: 0.3,
  duplicate: 0.1,
  corrupt: 0.05,
  reorder: { share: 0.2, byMs: 500 },
};

const TRACKERS: readonly HostConfig[] = [
  ['50.0.1.1', 8090],
  ['50.0.2.1', 8090],
];

/** As in the default configuration, but for how many peers are enough. */
const WALKERS: readonly WalkerDefinition[] = [
  { strategy: 'RandomWalk', peers: NEIGHBOURS, init: {} },
  { strategy: 'RandomChurn', peers: -1, init: {} },
  { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
];

async function setUp(seed: number) {
  let link = GOOD;
  const world = createWorld({ seed, link: () => link });
  const hosts = Array.from({ length: NODES }, (_, at) => `20.0.${at}.1`);
  const nodes = new Map<string, Node>();
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .addKey('my peer', 'curve25519', 'my-peer.pem')
    .addOverlay('DiscoveryCommunity', 'my peer', {
      walkers: WALKERS,
      bootstrappers: [{ class: 'DispersyBootstrapper', init: { ipAddresses: TRACKERS } }],
    })
    .finalize();
  const start = async (host: string): Promise<void> => {
    const env = world.env(host);
    const node = createNode(config, { env, crypto: seededCrypto(env.random) });
    nodes.set(host, node);
    await node.start();
  };
  const startTracker = async ([host, port]: HostConfig): Promise<Tracker> => {
    const interfaces = [{ interface: 'UDPIPv4', ip: host, port }] as const;
    const env = world.env(host);
    const tracker = createTracker({ env, crypto: seededCrypto(env.random), interfaces });
    await tracker.start();
    return tracker;
  };
  await Promise.all(TRACKERS.map(startTracker));
  await Promise.all(hosts.map(start));
  const complete = (): number =>
    [...nodes.values()].filter(({ network }) => network.peers().length >= NEIGHBOURS).length;
  const setLink = (next: Link): void => void (link = next);
  return { world, hosts, start, startTracker, complete, setLink };
}

test.each([1, 2])('seed %i: every node has its twelve neighbours again', async (seed) => {
  const { world, hosts, start, startTracker, complete, setLink } = await setUp(seed);
  const isWhole = (): boolean => complete() >= 0.99 * NODES;
  expect(await world.runUntil(isWhole, { withinMs: 60_000 })).toBe(true);

  setLink(BAD);
  // Neither half has twelve neighbours to give, and no tracker tells of the other one.
  const mend = world.partition(hosts.slice(0, NODES / 2), hosts.slice(NODES / 2));
  for (const [host] of TRACKERS) world.crash(host);
  await world.run({ forMs: FAULTS_MS / 2 });
  const crashed = hosts.filter((_, at) => at % 5 === 0);
  for (const [at, host] of crashed.entries()) world.crash(host, { keepsFiles: at % 2 === 0 });
  for (const host of crashed) await start(host);
  await world.run({ forMs: FAULTS_MS / 2 });
  expect(complete()).toBeLessThan(0.5 * NODES);

  mend();
  setLink(GOOD);
  for (const tracker of TRACKERS) await startTracker(tracker);
  expect(await world.runUntil(isWhole, { withinMs: HEALED_WITHIN_MS })).toBe(true);
});
