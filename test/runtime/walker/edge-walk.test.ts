import { expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import type { Random } from '../../../runtime/env/random.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';
import { createEdgeWalk } from '../../../runtime/walker/edge-walk.ts';
import type { EdgeWalkOptions } from '../../../runtime/walker/edge-walk.ts';
import { ASKED_ADDRESSES_MAX } from '../../../runtime/walker/limits.ts';
import { manualClock, peer, SERVICE } from '../network/fixtures.ts';
import { address, recordingOverlay } from './fixtures.ts';

const first: Random = { bytes: (size) => new Uint8Array(size), below: () => 0 };

/** An overlay over a real network; `asked` has who was asked for an introduction. */
function setUp(options: Partial<EdgeWalkOptions> = {}) {
  const clock = manualClock();
  const network = createNetwork({ clock });
  const overlay = recordingOverlay([]);
  overlay.peers = () => network.peers(SERVICE);
  overlay.walkableAddresses = () => network.walkableAddresses(SERVICE);
  const asked: (Peer | undefined)[] = [];
  overlay.requestIntroduction = (one) => void asked.push(one);
  overlay.forgetAddress = (one) => {
    overlay.forgotten.push(printAddress(one));
    network.forgetAddress(one);
  };
  const edges: (readonly Peer[])[] = [];
  const onEdge = (edge: readonly Peer[]): void => void edges.push(edge);
  const walk = createEdgeWalk({ overlay, network, clock, random: first, options, onEdge });
  const step = (): void => {
    walk.step();
    clock.nowMs += 500;
  };
  const meet = (number: number): Peer => {
    network.addVerifiedPeer(peer(number), address(number), SERVICE);
    return peer(number);
  };
  return { clock, network, overlay, asked, edges, step, meet };
}

const ONE_ROOT = { neighborhoodSize: 1 };

test('without enough neighbours it bootstraps and walks to the first addresses, each once', () => {
  const { network, overlay, asked, step, meet } = setUp();
  meet(1);
  for (let number = 10; number < 20; number++) {
    network.discoverAddress(address(number), peer(1), SERVICE);
  }
  step();
  step();
  expect(overlay.bootstraps).toBe(2);
  const walked = [10, 11, 12, 13, 14, 15].map((number) => `10.0.0.${number}:8090`);
  expect(overlay.walks).toEqual(walked);
  expect(asked).toEqual([]);
});

test('each of six neighbours becomes the root of one edge', () => {
  const { asked, step, meet } = setUp();
  const neighbors = [1, 2, 3, 4, 5, 6, 7].map(meet);
  for (let steps = 0; steps < 7; steps++) step();
  expect(asked).toEqual(neighbors.slice(0, 6));
});

test('an edge grows by who was introduced, until it has four peers', () => {
  const { network, asked, edges, step, meet } = setUp(ONE_ROOT);
  const root = meet(1);
  step();
  step();
  expect(asked).toEqual([root]);
  for (const number of [2, 3, 4]) {
    network.discoverAddress(address(number), peer(number - 1), SERVICE);
    meet(number);
    step();
  }
  expect(asked).toEqual([root, peer(2), peer(3)]);
  expect(edges).toEqual([[root, peer(2), peer(3), peer(4)]]);
  // The root is free again.
  step();
  expect(asked.at(-1)).toEqual(root);
});

test('who was introduced and is no peer yet is walked to, once', () => {
  const { network, overlay, step, meet } = setUp(ONE_ROOT);
  meet(1);
  step();
  step();
  network.discoverAddress(address(2), peer(1), SERVICE);
  step();
  step();
  expect(overlay.walks).toEqual(['10.0.0.2:8090']);
});

test('an introduced address that does not answer in time is forgotten', () => {
  const { network, overlay, step, meet, clock } = setUp(ONE_ROOT);
  meet(1);
  step();
  step();
  network.discoverAddress(address(2), peer(1), SERVICE);
  step();
  const walkedAt = clock.nowMs - 500;
  clock.nowMs = walkedAt + 3_000;
  step();
  expect(overlay.forgotten).toEqual([]);
  clock.nowMs = walkedAt + 3_001;
  step();
  expect(overlay.forgotten).toEqual(['10.0.0.2:8090']);
});

test('an edge that does not grow for three seconds ends where it is', () => {
  const { network, asked, edges, step, meet, clock } = setUp(ONE_ROOT);
  const root = meet(1);
  step();
  network.discoverAddress(address(2), peer(1), SERVICE);
  meet(2);
  step();
  step();
  const grownAt = clock.nowMs - 500;
  clock.nowMs = grownAt + 3_000;
  step();
  expect(edges).toEqual([]);
  clock.nowMs = grownAt + 3_001;
  step();
  expect(edges).toEqual([[root, peer(2)]]);
  step();
  expect(asked.at(-1)).toEqual(root);
});

test('an edge that never left its root is no edge', () => {
  const { edges, asked, step, meet, clock } = setUp(ONE_ROOT);
  const root = meet(1);
  step();
  step();
  clock.nowMs += 3_001;
  step();
  step();
  expect(edges).toEqual([]);
  expect(asked).toEqual([root, root]);
});

test('a neighbour that is forgotten is replaced, and its edge ends', () => {
  const { network, asked, step, meet } = setUp(ONE_ROOT);
  const root = meet(1);
  step();
  step();
  network.removePeer(root);
  const next = meet(2);
  step();
  step();
  expect(asked).toEqual([root, next]);
});

test('what it waits for is bounded: ten times as many introductions', () => {
  const clock = manualClock();
  const overlay = recordingOverlay([]);
  overlay.verified = [peer(1)];
  const told = Array.from({ length: 10 * ASKED_ADDRESSES_MAX }, (_, at) => ({
    ...address(1),
    port: at + 1,
  }));
  const network = { introductionsFrom: () => told, peerAt: () => undefined };
  const walk = createEdgeWalk({ overlay, network, clock, random: first, options: ONE_ROOT });
  for (let steps = 0; steps < 3; steps++) walk.step();
  expect(overlay.walks).toHaveLength(told.length);
  clock.nowMs = 3_001;
  walk.step();
  expect(overlay.forgotten).toHaveLength(ASKED_ADDRESSES_MAX);
});
