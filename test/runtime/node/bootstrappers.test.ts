import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import type { BootstrapperFactory } from '../../../runtime/bootstrap/bootstrapper.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { ConfigError } from '../../../runtime/config/config-error.ts';
import type { BootstrapperDefinition } from '../../../runtime/config/config.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { printMid } from '../../../runtime/peer/peer.ts';
import { createWorld, type World } from '../../../runtime/simulation/index.ts';
import { createTracker } from '../../../runtime/tracker/tracker.ts';

const crypto = await createCrypto();

function nodeWith(
  world: World,
  host: string,
  bootstrapper: BootstrapperDefinition,
  bootstrappers: Readonly<Record<string, BootstrapperFactory>> = {},
): Node {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .addEphemeralKey('me')
    .addOverlay('DiscoveryCommunity', 'me', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: {} }],
      bootstrappers: [bootstrapper],
    })
    .finalize();
  return createNode(config, { env: world.env(host), crypto, bootstrappers });
}

async function meet(world: World, nodes: readonly Node[]): Promise<boolean> {
  await Promise.all(nodes.map((node) => node.start()));
  const haveMet = (): boolean => nodes.every((node) => node.network.peers().length > 0);
  const met = await world.runUntil(haveMet, { withinMs: 60_000 });
  const stopped = Promise.all(nodes.map((node) => node.stop()));
  await world.run({ forMs: 1_000 });
  await stopped;
  return met;
}

test('nodes find each other by the name of a tracker, also when it is found late', async () => {
  const world = createWorld({ seed: 1 });
  const tracker = createTracker({ env: world.env('50.0.0.1'), crypto });
  await tracker.start();
  const init = { dnsAddresses: [['tracker.example', 8090]] } as const;
  const nodes = ['20.0.0.1', '20.0.1.1'].map((host) =>
    nodeWith(world, host, { class: 'DispersyBootstrapper', init }),
  );
  world.env('50.0.0.1').clock.after(10_000, () => world.name('tracker.example', ['50.0.0.1']));
  expect(await meet(world, nodes)).toBe(true);
  // It introduces and is no peer.
  const tracked = nodes.flatMap((node) => node.network.peers().map(({ mid }) => printMid(mid)));
  expect(tracked).not.toContain(tracker.mid === undefined ? undefined : printMid(tracker.mid));
});

test('a bootstrapper of ours is made with its settings and asked', async () => {
  const world = createWorld({ seed: 2 });
  const made: unknown[] = [];
  const mine: BootstrapperFactory = ({ overlay, prefix }, init) => {
    made.push([overlay, prefix.length, init]);
    const hosts = [createAddress('20.0.0.1', 8090)];
    return { addresses: () => hosts, hosts, trackers: [] };
  };
  const nodes = ['20.0.0.1', '20.0.1.1'].map((host) =>
    nodeWith(world, host, { class: 'Mine', init: { from: 'a list' } }, { Mine: mine }),
  );
  expect(await meet(world, nodes)).toBe(true);
  expect(made[0]).toEqual(['DiscoveryCommunity', 22, { from: 'a list' }]);
});

test('one that was not brought, or whose name is taken, is a problem with its place', () => {
  const world = createWorld({ seed: 3 });
  const problemsOf = (make: () => Node): readonly string[] => {
    try {
      make();
    } catch (error) {
      if (error instanceof ConfigError) return error.message.split('\n').slice(1);
    }
    return [];
  };
  const other = problemsOf(() => nodeWith(world, '20.0.0.1', { class: 'KnownHost', init: {} }));
  expect(other).toHaveLength(1);
  expect(other[0]).toMatch(/overlays\[0\]\.bootstrappers\[0\]\.class: .*Did you mean "KnownHosts"/);
  const none: BootstrapperFactory = () => ({ addresses: () => [], hosts: [], trackers: [] });
  const taken = problemsOf(() =>
    nodeWith(world, '20.0.0.1', { class: 'KnownHosts', init: {} }, { KnownHosts: none }),
  );
  expect(taken).toHaveLength(1);
  expect(taken[0]).toContain('bootstrappers.KnownHosts: ');
});
