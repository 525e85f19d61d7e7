import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { createCrowd, OVERLAY } from '../../simulate/crowd.ts';
import { addSybils, isSybil } from './sybils.ts';

type Run = {
  readonly seed: number;
  readonly honest: number;
  readonly keys: number;
  readonly seconds: number;
  readonly initialize?: Readonly<Record<string, unknown>>;
};

/** The share of the places in honest nodes' tables that the attacker has, and the smallest table. */
async function attack({ seed, honest, keys, seconds, initialize = {} }: Run) {
  const { world, nodes } = await createCrowd({
    peers: honest,
    trackers: 1,
    seed,
    loss: 0.05,
    initialize,
  });
  const hosts = nodes.map((_, at) => `20.${at >> 8}.${at & 255}.1`);
  const targets = ['50.0.0.1', ...hosts].map((host) => createAddress(host, 8090));
  await addSybils(world, { keys, targets, pace: honest });
  await world.run({ forMs: seconds * 1_000 });
  let held = 0;
  let places = 0;
  let least = Infinity;
  for (const node of nodes) {
    const peers = node.overlay(OVERLAY)?.peers() ?? [];
    const theirs = peers.filter((peer) => {
      const address = node.network.addressOf(peer);
      return address !== undefined && isSybil(address);
    });
    held += theirs.length;
    places += peers.length;
    least = Math.min(least, peers.length - theirs.length);
  }
  return { share: held / places, leastHonest: least };
}

// The runtime's own rule, which keeps whoever comes while there are few, takes four minutes to the same end.
test('one network with many keys is held to its part of the places', async () => {
  const run = { seed: 37, honest: 24, keys: 50 };
  const bounded = await attack({ ...run, seconds: 60, initialize: { maxPeersPerSubnet: 2 } });
  expect(bounded.share).toBeLessThan(0.15);
  expect(bounded.leastHonest).toBeGreaterThan(0);
  // Without a limit it has most of them.
  const open = await attack({ ...run, seconds: 15, initialize: { maxPeersPerSubnet: -1 } });
  expect(open.share).toBeGreaterThan(0.5);
});
