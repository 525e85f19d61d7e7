/** Nodes of IPv6, and of both families: in a simulated world and on ::1. */
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { printAddress } from '../../../runtime/address/text.ts';
import type { Config, HostConfig, InterfaceConfig } from '../../../runtime/config/config.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { createStandInCrypto, createWorld, type World } from '../../../runtime/simulation/index.ts';
import { hostOf, lamportConfig, lamportSession, peerCount, recordingLog } from './fixtures.ts';

const crypto = createStandInCrypto(await createCrypto());

function listen(...places: readonly (readonly [ip: string, port: number])[]): InterfaceConfig[] {
  return places.map(([ip, port]) => {
    return { interface: ip.includes(':') ? 'UDPIPv6' : 'UDPIPv4', ip, port };
  });
}

const ANYWHERE = listen(['0.0.0.0', 8090], ['::', 8090]);

function configOf(interfaces: readonly InterfaceConfig[], hosts: readonly HostConfig[]): Config {
  return { ...lamportConfig('127.0.0.1', { hosts }), interfaces };
}

function placed(world: World, host: string, config: Config): Node {
  const extraCommunities = { Lamport: lamportSession().community };
  return createNode(config, { env: world.env(host), crypto, extraCommunities });
}

/** Where `node` knows the other, by family. */
function knownPlaces(node: Node, other: Node): readonly string[] {
  const peer = other.overlay('Lamport')?.myPeer;
  if (peer === undefined) return [];
  const places = [node.network.addressOf(peer, 'ipv4'), node.network.addressOf(peer, 'ipv6')];
  return places.flatMap((place) => (place === undefined ? [] : [printAddress(place)]));
}

test('nodes of both families that meet by IPv4 know each other by IPv6 soon after', async () => {
  const world = createWorld({ seed: 1 });
  const homes = [
    ['1.0.0.1', '2001:db8:1::1'],
    ['2.0.0.1', '2001:db8:2::1'],
  ] as const;
  for (const addresses of homes) world.addHost({ addresses });
  const nodes = homes.map(([host]) => {
    return placed(world, host, configOf(ANYWHERE, [['1.0.0.1', 8090]]));
  });
  const [one, other] = nodes;
  if (one === undefined || other === undefined) return expect.fail('no nodes');
  for (const node of nodes) await node.start();
  const both = [...homes[0]].map((host) =>
    host.includes(':') ? `[${host}]:8090` : `${host}:8090`,
  );
  const isMet = (): boolean => knownPlaces(other, one).length === 2;
  expect(await world.runUntil(isMet, { withinMs: 30_000 })).toBe(true);
  expect(knownPlaces(other, one)).toEqual(both);
  const peer = one.overlay('Lamport')?.myPeer;
  // As in py-ipv8: IPv6 first.
  expect(peer && other.overlay('Lamport')?.addressOf(peer)?.kind).toBe('ipv6');
  for (const node of nodes) await node.stop();
});

test('one of both families keeps those of one family each, and introduces within them', async () => {
  const world = createWorld({ seed: 2 });
  world.addHost({ addresses: ['1.0.0.1', '2001:db8:1::1'] });
  const first = placed(world, '1.0.0.1', configOf(ANYWHERE, []));
  const fours = ['2.0.0.1', '3.0.0.1'].map((host) => {
    return placed(world, host, configOf(listen(['0.0.0.0', 8090]), [['1.0.0.1', 8090]]));
  });
  const sixes = ['2001:db8:4::1', '2001:db8:5::1'].map((host) => {
    return placed(world, host, configOf(listen(['::', 8090]), [['2001:db8:1::1', 8090]]));
  });
  const nodes = [first, ...fours, ...sixes];
  for (const node of nodes) await node.start();
  await world.run({ forMs: 60_000 });
  expect(nodes.map(peerCount)).toEqual([4, 2, 2, 2, 2]);
  // Nobody sent where it has no socket.
  expect(nodes.map(({ traffic }) => traffic.unsent)).toEqual(nodes.map(() => ({})));
  for (const node of nodes) await node.stop();
});

test('when the way by IPv6 is cut, the peer is found by IPv4 again', async () => {
  const world = createWorld({ seed: 3 });
  const homes = [
    ['1.0.0.1', '2001:db8:1::1'],
    ['2.0.0.1', '2001:db8:2::1'],
  ] as const;
  for (const addresses of homes) world.addHost({ addresses });
  const nodes = homes.map(([host]) => {
    return placed(world, host, configOf(ANYWHERE, [['1.0.0.1', 8090]]));
  });
  const [one, other] = nodes;
  if (one === undefined || other === undefined) return expect.fail('no nodes');
  for (const node of nodes) await node.start();
  const isMet = (): boolean => knownPlaces(other, one).length === 2;
  expect(await world.runUntil(isMet, { withinMs: 30_000 })).toBe(true);
  world.partition([homes[0][1]], [homes[1][1]]);
  // What is on its way still arrives.
  await world.run({ forMs: 100 });
  // As churn does with silent peers.
  for (const node of nodes) for (const peer of node.network.peers()) node.network.removePeer(peer);
  await world.run({ forMs: 60_000 });
  expect(nodes.map(peerCount)).toEqual([1, 1]);
  const peer = one.overlay('Lamport')?.myPeer;
  expect(peer && other.overlay('Lamport')?.addressOf(peer)).toMatchObject({ host: '1.0.0.1' });
  for (const node of nodes) await node.stop();
});

test('an interface that cannot be had is left out, and none at all ends the start', async () => {
  const world = createWorld({ seed: 4 });
  const log = recordingLog();
  const env = { ...world.env('1.0.0.1'), log };
  const extraCommunities = { Lamport: lamportSession().community };
  const node = createNode(configOf(ANYWHERE, []), { env, crypto, extraCommunities });
  await node.start();
  expect(node.addresses.map(printAddress)).toEqual(['0.0.0.0:8090']);
  expect(log.lines.filter((line) => line.includes('interface left out')).length).toBe(1);
  await node.stop();
  const homeless = createNode(configOf(listen(['::', 8090]), []), {
    env,
    crypto,
    extraCommunities,
  });
  await expect(homeless.start()).rejects.toThrow('has no such address');
});

function localNode(interfaces: readonly InterfaceConfig[], hosts: readonly HostConfig[]): Node {
  const real = createNodeEnv({ logLevel: 'CRITICAL' });
  const env: Env = { ...real, datagrams: loopbackOnly(real.datagrams) };
  const config = { ...configOf(interfaces, hosts), walkerInterval: 0.05 };
  return createNode(config, { env, extraCommunities: { Lamport: lamportSession().community } });
}

/** Resolves once it holds; asked in every turn of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

function placeOf(node: Node, kind: Address['kind']): HostConfig {
  return hostOf(node.addresses.find((address) => address.kind === kind));
}

const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const hasIpv6 = own.some(({ address }) => address === '::1');

test.skipIf(!hasIpv6)('two nodes on ::1 and two of both families find each other', async () => {
  const both = localNode(listen(['127.0.0.1', 0], ['::1', 0]), []);
  await both.start();
  const six = localNode(listen(['::1', 0]), [placeOf(both, 'ipv6')]);
  const otherSix = localNode(listen(['::1', 0]), [placeOf(both, 'ipv6')]);
  const twin = localNode(listen(['127.0.0.1', 0], ['::1', 0]), [placeOf(both, 'ipv4')]);
  const nodes = [both, six, otherSix, twin];
  await Promise.all(nodes.slice(1).map((node) => node.start()));
  await until(() => nodes.every((node) => peerCount(node) === 3));
  await until(() => knownPlaces(twin, both).length === 2);
  expect(knownPlaces(six, otherSix)).toEqual(otherSix.addresses.map(printAddress));
  await Promise.all(nodes.map((node) => node.stop()));
});
