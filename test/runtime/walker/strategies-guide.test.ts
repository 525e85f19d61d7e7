import { expect, test } from 'vitest';
import {
  type Community,
  ConfigBuilder,
  createNode,
  type Overlay,
  type Peer,
  printAddress,
  type StrategyFactory,
  type WalkStrategy,
} from 'ipv8';
import { createWorld, startNodes } from 'ipv8/simulation';
import { lamportProtocol } from '../../../generated/lamport.ts';

const lamport: Community<typeof lamportProtocol> = {
  protocol: lamportProtocol,
  create: () => ({ handlers: { clock() {} } }),
};

function firstComeFirst({ walkable }: Overlay): WalkStrategy {
  const walkedTo = new Set<string>();
  return {
    step() {
      const next = walkable
        .walkableAddresses()
        .find((address) => !walkedTo.has(printAddress(address)));
      if (next === undefined) return walkable.requestIntroduction();
      walkedTo.add(printAddress(next));
      // A set that grows with what peers tell needs an end.
      if (walkedTo.size > 1_000) walkedTo.clear();
      walkable.walkTo(next);
    },
  };
}

test('nodes find each other by a strategy that was added', async () => {
  const world = createWorld({ seed: 1 });
  const nodes = await startNodes(world, { count: 4, communities: [lamport] });
  const [first, ...others] = nodes.map(({ node }) => node);
  for (const node of others) {
    const overlay = node.overlay('Lamport');
    if (overlay === undefined || first?.address === undefined) throw new Error('not running');
    overlay.walkable.walkTo(first.address);
    node.addStrategy(overlay, firstComeFirst(overlay), 20);
  }
  const isWhole = () => others.every((node) => node.network.peers().length === 3);
  expect(await world.runUntil(isWhole, { withinMs: 30_000 })).toBe(true);
});

const FirstComeFirst: StrategyFactory = (overlay, { pauseMs = 0 }) => {
  if (typeof pauseMs !== 'number') throw new TypeError('pauseMs is a number of milliseconds');
  const { step } = firstComeFirst(overlay);
  let steppedAt = -Infinity;
  return {
    step() {
      if (overlay.clock.now() - steppedAt < pauseMs) return;
      steppedAt = overlay.clock.now();
      step();
    },
  };
};

test('nodes find each other by a strategy that the configuration names', async () => {
  const world = createWorld({ seed: 2 });
  const nodes = ['1.0.0.1', '2.0.0.1', '3.0.0.1'].map((host) => {
    const config = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(host)
      .addEphemeralKey('me')
      .addOverlay('Lamport', 'me', {
        walkers: [{ strategy: 'FirstComeFirst', peers: 20, init: { pauseMs: 1_000 } }],
        bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: [['1.0.0.1', 8090]] } }],
      })
      .finalize();
    return createNode(config, {
      env: world.env(host),
      extraCommunities: { Lamport: lamport },
      strategies: { FirstComeFirst },
    });
  });
  for (const node of nodes) await node.start();
  const isWhole = () => nodes.every((node) => node.network.peers().length === 2);
  expect(await world.runUntil(isWhole, { withinMs: 30_000 })).toBe(true);
});

test('an observer that throws keeps no other from hearing', async () => {
  const world = createWorld({ seed: 3 });
  const [one] = await startNodes(world, { count: 3, communities: [lamport], walks: true });
  if (one === undefined) throw new Error('no node');
  const { network } = one.node;
  const here = new Set<Peer>(network.peers());
  network.onPeerAdded(() => {
    throw new Error('an observer with a fault');
  });
  network.onPeerAdded((peer) => here.add(peer));
  network.onPeerRemoved((peer) => here.delete(peer));
  expect(await world.runUntil(() => here.size === 2, { withinMs: 30_000 })).toBe(true);
  for (const peer of network.peers()) network.removePeer(peer);
  expect(here.size).toBe(0);
});
