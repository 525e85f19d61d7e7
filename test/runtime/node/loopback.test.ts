/** Real nodes on 127.0.0.1: what the simulated world cannot show. */
import { expect, test } from 'vitest';
import type { Config, HostConfig } from '../../../runtime/config/config.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { createNode } from '../../../runtime/node/node.ts';
import type { Node } from '../../../runtime/node/node.ts';
import { hostOf, lamportConfig, lamportSession, peerCount } from './fixtures.ts';

function localNode(hosts: readonly HostConfig[]): Node {
  const real = createNodeEnv({ logLevel: 'CRITICAL' });
  const env: Env = { ...real, datagrams: loopbackOnly(real.datagrams) };
  const config: Config = {
    ...lamportConfig('127.0.0.1', { port: 0, hosts }),
    walkerInterval: 0.05,
  };
  return createNode(config, { env, extraCommunities: { Lamport: lamportSession().community } });
}

/** Resolves once the node has so many peers. */
function untilPeers(node: Node, count: number): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (peerCount(node) >= count) resolve();
    };
    node.network.onPeerAdded(check);
    check();
  });
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => /UDP/i.test(name)).length;
}

test('three nodes on this machine find each other, stop, and leave no socket open', async () => {
  const before = openSockets();
  const first = localNode([]);
  await first.start();
  const hosts = [hostOf(first.address)];
  const nodes = [first, localNode(hosts), localNode(hosts)];
  await Promise.all(nodes.map((node) => node.start()));
  expect(openSockets()).toBe(before + 3);
  await Promise.all(nodes.map((node) => untilPeers(node, 2)));
  await Promise.all(nodes.map((node) => node.stop()));
  expect(nodes.map((node) => node.address)).toEqual([undefined, undefined, undefined]);
  // Node frees a closed socket's handle some turns of its loop later. One that stays open lets the test time out.
  while (openSockets() !== before) await new Promise((resolve) => setImmediate(resolve));
});
