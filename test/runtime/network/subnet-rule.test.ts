/** One network among a service's peers (G37): a liar with as many keys as he likes, and neighbours who do no harm. */
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import {
  CROWDED_FROM,
  PEERS_PER_SUBNET_MAX,
  PEERS_PER_SUBNET_MIN,
} from '../../../runtime/network/limits.ts';
import { createNetwork, type Network } from '../../../runtime/network/network.ts';
import { manualClock, OTHER_SERVICE, peer, SERVICE } from './fixtures.ts';

/** Hosts and ports of one /24. */
const neighbour = (number: number): Address =>
  createAddress(`66.6.6.${number & 255}`, 1_024 + number);
/** Each in a /24 of its own. */
const apart = (number: number): Address => createAddress(`20.${number >> 8}.${number & 255}.1`, 1);
const HONEST = 100_000;

function createKnown(): Network {
  return createNetwork({ clock: manualClock() });
}

function countAt(known: Network, prefix: string): number {
  return known.peers(SERVICE).filter((one) => known.addressOf(one)?.host.startsWith(prefix)).length;
}

function addNeighbours(known: Network, count: number): void {
  for (let at = 0; at < count; at++) known.addVerifiedPeer(peer(at), neighbour(at), SERVICE);
}

function addOthers(known: Network, count: number): void {
  for (let at = 0; at < count; at++) known.addVerifiedPeer(peer(HONEST + at), apart(at), SERVICE);
}

test('few peers may all be in one place', () => {
  const known = createKnown();
  addNeighbours(known, CROWDED_FROM);
  expect(known.peers(SERVICE)).toHaveLength(CROWDED_FROM);
});

test('one network with ten times as many keys takes no place when there are others', () => {
  const known = createKnown();
  addOthers(known, CROWDED_FROM);
  addNeighbours(known, 10 * PEERS_PER_SUBNET_MAX);
  expect(countAt(known, '66.')).toBe(PEERS_PER_SUBNET_MIN);
  addOthers(known, 300);
  addNeighbours(known, 10 * PEERS_PER_SUBNET_MAX);
  expect(countAt(known, '66.')).toBe(PEERS_PER_SUBNET_MAX);
});

test('whoever was first gives way, and does not end the search for others', () => {
  const known = createKnown();
  addNeighbours(known, 10 * CROWDED_FROM);
  expect(known.peers(SERVICE)).toHaveLength(CROWDED_FROM);
  expect(known.spreadCount(SERVICE)).toBe(PEERS_PER_SUBNET_MIN);
  const removed: unknown[] = [];
  known.onPeerRemoved((one) => void removed.push(one));
  for (let others = 1; others <= 18; others++) {
    addOthers(known, others);
    expect(countAt(known, '20.')).toBe(others);
    expect(known.peers(SERVICE)).toHaveLength(CROWDED_FROM);
  }
  expect(countAt(known, '66.')).toBe(PEERS_PER_SUBNET_MIN);
  expect(known.spreadCount(SERVICE)).toBe(CROWDED_FROM);
  expect(removed).toHaveLength(18);
  addOthers(known, 30);
  expect(known.peers(SERVICE).length).toBeGreaterThan(30);
});

test('neither moving nor saying so brings anybody in', () => {
  const known = createKnown();
  addOthers(known, CROWDED_FROM + 1);
  for (let at = 0; at < 50; at++) {
    const mover = peer(at);
    known.addVerifiedPeer(mover, apart(1_000 + at), SERVICE);
    known.confirmAddress(mover, neighbour(at));
  }
  expect(countAt(known, '66.')).toBe(PEERS_PER_SUBNET_MIN);
  for (let at = 100; at < 150; at++) {
    known.addVerifiedPeer(peer(at), neighbour(at), OTHER_SERVICE);
    known.discoverServices(peer(at), [SERVICE]);
  }
  expect(countAt(known, '66.')).toBe(PEERS_PER_SUBNET_MIN);
  // In the other service they are no more than it keeps of those who are alone.
  expect(known.peers(OTHER_SERVICE)).toHaveLength(CROWDED_FROM);
});

test.each(['192.168.1', '10.0.0', '127.0.0', '169.254.0'])('a local network %s is whole', (lan) => {
  const known = createKnown();
  addOthers(known, CROWDED_FROM + 1);
  for (let at = 1; at <= 50; at++) {
    known.addVerifiedPeer(peer(at), createAddress(`${lan}.${at}`, 1), SERVICE);
  }
  expect(countAt(known, lan)).toBe(50);
});

test('IPv6 is counted by /64', () => {
  const known = createKnown();
  addOthers(known, CROWDED_FROM + 1);
  for (let at = 1; at <= 50; at++) {
    known.addVerifiedPeer(peer(at), createAddress(`2001:db8::${at.toString(16)}`, 1), SERVICE);
  }
  expect(countAt(known, '2001:')).toBe(PEERS_PER_SUBNET_MIN);
  for (let at = 100; at < 110; at++) {
    known.addVerifiedPeer(peer(at), createAddress(`2001:db8:0:${at}::1`, 1), SERVICE);
  }
  expect(countAt(known, '2001:')).toBe(PEERS_PER_SUBNET_MIN + 10);
});

test('a limit of one’s own holds from the first on, or not at all', () => {
  const strict = createKnown();
  strict.limitSubnets(SERVICE, 3);
  addNeighbours(strict, 10 * PEERS_PER_SUBNET_MAX);
  expect(countAt(strict, '66.')).toBe(3);
  const open = createKnown();
  open.limitSubnets(SERVICE, -1);
  addNeighbours(open, 10 * PEERS_PER_SUBNET_MAX);
  expect(open.peers(SERVICE)).toHaveLength(10 * PEERS_PER_SUBNET_MAX);
  expect(open.spreadCount(SERVICE)).toBe(10 * PEERS_PER_SUBNET_MAX);
});
