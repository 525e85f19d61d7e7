/** A day behind boxes that forget after half a minute. */
import { expect, test } from 'vitest';
import { Ping } from '../../../generated/discovery.ts';
import { concatBytes, toBase64 } from '../../../runtime/base/bytes.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { createWorld, NAT, type World } from '../../../runtime/simulation/index.ts';
import { STEADY } from '../simulation/hosts.ts';
import { crypto, PORT } from './fixtures.ts';

const OVERLAY = 'DiscoveryCommunity';
const SERVER = '50.0.0.1';
const INSIDE = ['10.1.0.1', '10.2.0.1'] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Seconds. Twice the reference's: half of the steps of a day, and still well within the margin. */
const WALKER_INTERVAL = 1;

/** In the discovery overlay, with the reference's churn; asks peers that were silent for so long. */
async function startNode(world: World, host: string, inactiveTime: number): Promise<Node> {
  const env = world.env(host);
  const key = concatBytes(new TextEncoder().encode('LibNaCLSK:'), env.random.bytes(64));
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(host)
    .setPort(PORT)
    .setWalkerInterval(WALKER_INTERVAL)
    .addKeyFromBin('my peer', toBase64(key))
    .addOverlay(OVERLAY, 'my peer', {
      walkers: [
        { strategy: 'RandomWalk', peers: INSIDE.length, init: { timeout: 3 } },
        { strategy: 'RandomChurn', peers: -1, init: { inactiveTime } },
      ],
      bootstrappers: [
        { class: 'KnownHosts', init: { ipAddresses: [[SERVER, PORT]], bootstrapTimeout: 1 } },
      ],
    })
    .finalize();
  const node = createNode(config, { env, crypto });
  await node.start();
  return node;
}

/** Three nodes that know each other, two of them behind such boxes. */
async function settled(inactiveTime: number) {
  const world = createWorld({ seed: 1, link: STEADY });
  for (const [at, inside] of INSIDE.entries()) {
    const outside = `9${at}.0.0.1`;
    world.nat({ ...NAT.portRestricted, expiryMs: 30_000, outside, hosts: [inside] });
  }
  const nodes: Node[] = [];
  for (const host of [SERVER, ...INSIDE]) nodes.push(await startNode(world, host, inactiveTime));
  const peers = (): number[] => nodes.map((node) => node.overlay(OVERLAY)?.peers().length ?? 0);
  const isComplete = () => peers().every((count) => count === INSIDE.length);
  expect(await world.runUntil(isComplete, { withinMs: MINUTE_MS })).toBe(true);
  const lost: string[] = [];
  for (const { network } of nodes) network.onPeerRemoved((peer) => void lost.push(peer.id));
  return { world, lost, peers };
}

test('in 24 hours no live peer is lost, and each is asked at most once in 25 seconds', async () => {
  const { world, lost, peers } = await settled(27.5);
  // The first five answers of each peer are timed, ten seconds apart, as the reference does.
  await world.run({ forMs: 5 * MINUTE_MS });
  const askedAtMs = new Map<string, number>();
  let [asked, leastGapMs] = [0, Number.POSITIVE_INFINITY];
  const endMs = world.now + 24 * HOUR_MS;
  for (let fromMs = world.now; fromMs < endMs; fromMs = world.now) {
    await world.run({ forMs: HOUR_MS / 2 });
    for (const { atUs, event, from, to, bytes } of world.entries) {
      const atMs = atUs / 1_000;
      if (atMs <= fromMs || event !== 'send' || messageIdOf(bytes) !== Ping.id) continue;
      const way = `${from.host} ${to.host}`;
      leastGapMs = Math.min(leastGapMs, atMs - (askedAtMs.get(way) ?? -HOUR_MS));
      askedAtMs.set(way, atMs);
      asked += 1;
    }
  }
  expect(lost).toEqual([]);
  expect(peers()).toEqual([2, 2, 2]);
  expect(leastGapMs).toBeGreaterThanOrEqual(25_000);
  expect(askedAtMs.size).toBe(6);
  expect(asked).toBeGreaterThan(6 * ((24 * HOUR_MS) / 30_000));
});

test('asked after 45 seconds, when the boxes have forgotten, live peers are lost', async () => {
  const { world, lost } = await settled(45);
  await world.run({ forMs: 10 * MINUTE_MS });
  expect(lost.length).toBeGreaterThan(0);
});
