import { expect, test } from 'vitest';
import {
  ANSWERED_ADDRESSES_MAX,
  NETWORK_LIMITS,
  SILENCE_BEFORE_EVICTION_MS,
} from '../../../runtime/network/limits.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { ADDRESSES_PER_COMMUNITY_MAX } from '../../../runtime/tracker/limits.ts';
import { address, manualClock, peer, SERVICE } from './fixtures.ts';

const service = (number: number): string => number.toString(16).padStart(40, '0');

test('addressesPerIntroducerMax: a liar pushes out only what it told itself', () => {
  const known = createNetwork({ clock: manualClock() });
  known.discoverAddress(address(0), peer(2), SERVICE);
  const count = NETWORK_LIMITS.addressesPerIntroducerMax * 10;
  for (let at = 1; at <= count; at++) known.discoverAddress(address(at), peer(1), SERVICE);
  expect(known.introductionsFrom(peer(1))).toHaveLength(NETWORK_LIMITS.addressesPerIntroducerMax);
  expect(known.introductionsFrom(peer(1)).at(-1)).toEqual(address(count));
  expect(known.introductionsFrom(peer(2))).toEqual([address(0)]);
});

test('replays of known peers from anywhere push out nothing that anybody introduced', () => {
  const known = createNetwork({ clock: manualClock() });
  known.addVerifiedPeer(peer(1), address(0), SERVICE);
  for (let at = 1; at <= 10; at++) known.discoverAddress(address(at), peer(1), SERVICE);
  const told = known.introductionsFrom(peer(1));
  for (let at = 0; at < NETWORK_LIMITS.addressesPerIntroducerMax * 10; at++) {
    known.addVerifiedPeer(peer(1), address(1_000 + at), SERVICE);
  }
  expect(known.introductionsFrom(peer(1))).toEqual(told);
  const walkable = known.walkableAddresses(SERVICE);
  expect(walkable).toHaveLength(told.length + NETWORK_LIMITS.addressesPerIntroducerMax);
});

test('addressesMax: many introducers together fill the book and no more', () => {
  const known = createNetwork({ clock: manualClock() });
  const count = NETWORK_LIMITS.addressesMax * 10;
  for (let at = 0; at < count; at++) known.discoverAddress(address(at), peer(at), SERVICE);
  expect(known.walkableAddresses(SERVICE)).toHaveLength(NETWORK_LIMITS.addressesMax);
});

test('addressesMax: in a full book those who told most make room first', () => {
  const known = createNetwork({
    clock: manualClock(),
    limits: { addressesMax: 10, addressesPerIntroducerMax: 9 },
  });
  known.discoverAddress(address(0), peer(0), SERVICE);
  for (let at = 1; at <= 9; at++) known.discoverAddress(address(at), peer(1), SERVICE);
  for (let at = 10; at < 15; at++) known.discoverAddress(address(at), peer(at), SERVICE);
  expect(known.introductionsFrom(peer(0))).toEqual([address(0)]);
  expect(known.introductionsFrom(peer(1))).toHaveLength(4);
});

test('servicesPerPeerMax: a peer that claims thousands keeps the latest', () => {
  const known = createNetwork({ clock: manualClock() });
  const count = NETWORK_LIMITS.servicesPerPeerMax * 10;
  for (let at = 0; at < count; at++) known.addVerifiedPeer(peer(1), address(1), service(at));
  expect(known.servicesOf(peer(1))).toHaveLength(NETWORK_LIMITS.servicesPerPeerMax);
  expect(known.servicesOf(peer(1)).at(-1)).toBe(service(count - 1));
});

test('servicesPerAddressMax: an address heard of in thousands of services keeps the latest', () => {
  const known = createNetwork({ clock: manualClock() });
  const count = NETWORK_LIMITS.servicesPerAddressMax * 10;
  for (let at = 0; at < count; at++) known.discoverAddress(address(1), peer(1), service(at));
  let walkable = 0;
  for (let at = 0; at < count; at++) walkable += known.walkableAddresses(service(at)).length;
  expect(walkable).toBe(NETWORK_LIMITS.servicesPerAddressMax);
});

test('addressesPerPeerMax: a peer that moves on and on leaves old addresses behind', () => {
  const known = createNetwork({ clock: manualClock() });
  known.addVerifiedPeer(peer(1), address(0), SERVICE);
  const count = NETWORK_LIMITS.addressesPerPeerMax * 10;
  for (let at = 0; at < count; at++) known.confirmAddress(peer(1), address(at));
  let places = 0;
  for (let at = 0; at < count; at++) places += known.peerAt(address(at)) === undefined ? 0 : 1;
  expect(places).toBe(NETWORK_LIMITS.addressesPerPeerMax);
  expect(known.addressOf(peer(1))).toEqual(address(count - 1));
});

test('peersMax: a flood of new keys never pushes out a live peer whose address was proved', () => {
  const known = createNetwork({ clock: manualClock() });
  known.addVerifiedPeer(peer(0), address(0), SERVICE);
  known.confirmAddress(peer(0), address(0));
  let removed = 0;
  known.onPeerRemoved(() => removed++);
  const count = NETWORK_LIMITS.peersMax * 10;
  for (let at = 1; at < count; at++) known.addVerifiedPeer(peer(at), address(at), SERVICE);
  expect(known.peers()).toHaveLength(NETWORK_LIMITS.peersMax);
  expect(known.peers()).toContainEqual(peer(0));
  expect(removed).toBe(count - NETWORK_LIMITS.peersMax);
});

test('peersMax: among proved peers only one that fell silent makes room', () => {
  const clock = manualClock();
  const known = createNetwork({ clock, limits: { peersMax: 2 } });
  for (const at of [1, 2]) {
    known.addVerifiedPeer(peer(at), address(at), SERVICE);
    known.confirmAddress(peer(at), address(at));
  }
  clock.nowMs = SILENCE_BEFORE_EVICTION_MS - 1;
  known.heardFrom(peer(2));
  known.addVerifiedPeer(peer(3), address(3), SERVICE);
  expect(known.peers()).toEqual([peer(1), peer(2)]);
  clock.nowMs = SILENCE_BEFORE_EVICTION_MS;
  known.addVerifiedPeer(peer(3), address(3), SERVICE);
  expect(known.peers()).toEqual([peer(2), peer(3)]);
  expect(known.peerAt(address(1))).toBeUndefined();
});

test('ADDRESSES_PER_COMMUNITY_MAX: a book as small as a tracker has for each community', () => {
  const addressesMax = ADDRESSES_PER_COMMUNITY_MAX;
  const known = createNetwork({ clock: manualClock(), limits: { addressesMax } });
  for (let at = 0; at < 10 * ADDRESSES_PER_COMMUNITY_MAX; at++) {
    known.discoverAddress(address(at), peer(at % 3), SERVICE);
  }
  expect(known.walkableAddresses(SERVICE)).toHaveLength(addressesMax);
});

test('ANSWERED_ADDRESSES_MAX: of those who answered and are no peers, the latest are known', () => {
  const known = createNetwork({ clock: manualClock() });
  const count = 10 * ANSWERED_ADDRESSES_MAX;
  for (let at = 0; at < count; at++) known.answeredAt(address(at));
  const proved = Array.from({ length: count }, (_, at) => known.isProved(address(at)));
  expect(proved.filter((isProved) => isProved)).toHaveLength(ANSWERED_ADDRESSES_MAX);
  expect([proved[0], proved.at(-1)]).toEqual([false, true]);
});
