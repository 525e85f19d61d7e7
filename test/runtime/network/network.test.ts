import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNetwork } from '../../../runtime/network/network.ts';
import type { Network } from '../../../runtime/network/network.ts';
import { address, manualClock, OTHER_SERVICE, peer, SERVICE } from './fixtures.ts';

function network(): Network {
  return createNetwork({ clock: manualClock() });
}

test('a signed message makes its sender a peer of that service, where it was heard', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(known.peers(SERVICE)).toEqual([peer(1)]);
  expect(known.peers(OTHER_SERVICE)).toEqual([]);
  expect(known.peers()).toEqual([peer(1)]);
  expect(known.addressOf(peer(1))).toEqual(address(1));
  expect(known.peerAt(address(1))).toEqual(peer(1));
  expect(known.servicesOf(peer(1))).toEqual([SERVICE]);
});

test('strangers have no address, services or introductions', () => {
  const known = network();
  expect(known.addressOf(peer(1))).toBeUndefined();
  expect(known.lastHeard(peer(1))).toBeUndefined();
  expect(known.servicesOf(peer(1))).toEqual([]);
  expect(known.introductionsFrom(peer(1))).toEqual([]);
  expect(known.peerAt(address(1))).toBeUndefined();
});

test('a replayed packet does not move a peer: its new address is only walkable', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.confirmAddress(peer(1), address(1));
  known.addVerifiedPeer(peer(1), address(66), SERVICE);
  expect(known.addressOf(peer(1))).toEqual(address(1));
  expect(known.peerAt(address(66))).toBeUndefined();
  expect(known.walkableAddresses(SERVICE)).toEqual([address(66)]);
});

test('an answer to a request moves the peer, and its older address still names it', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.confirmAddress(peer(1), address(1));
  known.addVerifiedPeer(peer(1), address(2), SERVICE);
  known.confirmAddress(peer(1), address(2));
  expect(known.addressOf(peer(1))).toEqual(address(2));
  expect(known.peerAt(address(1))).toEqual(peer(1));
  expect(known.peerAt(address(2))).toEqual(peer(1));
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
});

test('an address that was only heard is given up for a proved one', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(66), SERVICE);
  known.confirmAddress(peer(1), address(1));
  expect(known.addressOf(peer(1))).toEqual(address(1));
  expect(known.peerAt(address(66))).toBeUndefined();
});

test('confirming an address of a stranger changes nothing', () => {
  const known = network();
  known.confirmAddress(peer(1), address(1));
  expect(known.peers()).toEqual([]);
  expect(known.peerAt(address(1))).toBeUndefined();
});

test('whoever forges a source does not hide the peer that lives there', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.addVerifiedPeer(peer(2), address(1), SERVICE);
  expect(known.peerAt(address(1))).toEqual(peer(1));
  known.confirmAddress(peer(2), address(1));
  expect(known.peerAt(address(1))).toEqual(peer(2));
  known.removePeer(peer(2));
  expect(known.peerAt(address(1))).toEqual(peer(1));
});

test('a removed peer leaves no trace and can be verified again', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.discoverAddress(address(7), peer(1), SERVICE);
  known.removePeer(peer(1));
  expect(known.peers()).toEqual([]);
  expect(known.addressOf(peer(1))).toBeUndefined();
  expect(known.peerAt(address(1))).toBeUndefined();
  expect(known.introductionsFrom(peer(1))).toEqual([]);
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(known.peers(SERVICE)).toEqual([peer(1)]);
});

test('a forgotten address is not walkable, and can be heard of again', () => {
  const known = network();
  known.discoverAddress(address(7), peer(1), SERVICE);
  known.forgetAddress(address(7));
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
  expect(known.introductionsFrom(peer(1))).toEqual([]);
  known.discoverAddress(address(7), peer(2), SERVICE);
  expect(known.walkableAddresses(SERVICE)).toEqual([address(7)]);
  expect(known.introductionsFrom(peer(2))).toEqual([address(7)]);
});

test('forgetting an address leaves the peer there: it may live in another overlay', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.discoverAddress(address(1), peer(2), OTHER_SERVICE);
  known.forgetAddress(address(1));
  expect(known.walkableAddresses(OTHER_SERVICE)).toEqual([]);
  expect(known.peers(SERVICE)).toEqual([peer(1)]);
  expect(known.peerAt(address(1))).toEqual(peer(1));
});

test('an address is walkable in a service until a peer of that service is there', () => {
  const known = network();
  known.discoverAddress(address(1), peer(9), SERVICE);
  known.discoverAddress(address(1), peer(9), OTHER_SERVICE);
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
  expect(known.walkableAddresses(OTHER_SERVICE)).toEqual([address(1)]);
});

test('asking what is walkable changes no services', () => {
  const known = network();
  known.addVerifiedPeer(peer(9), address(9), OTHER_SERVICE);
  known.discoverAddress(address(1), peer(9), SERVICE);
  known.walkableAddresses(SERVICE);
  known.peers(SERVICE);
  expect(known.servicesOf(peer(9))).toEqual([OTHER_SERVICE]);
  expect(known.peers(SERVICE)).toEqual([]);
});

test('the first introducer of an address keeps it', () => {
  const known = network();
  known.discoverAddress(address(1), peer(1), SERVICE);
  known.discoverAddress(address(1), peer(2), SERVICE);
  expect(known.introductionsFrom(peer(1))).toEqual([address(1)]);
  expect(known.introductionsFrom(peer(2))).toEqual([]);
});

test('port 0 is nowhere to walk to', () => {
  const known = network();
  known.discoverAddress(address(1, 0), peer(1), SERVICE);
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
});

test('our own key is never a peer, blocked before or after', () => {
  const known = network();
  known.blockPeer(peer(1).id);
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.addVerifiedPeer(peer(2), address(2), SERVICE);
  known.blockPeer(peer(2).id);
  expect(known.peers()).toEqual([]);
});

test('only what a peer signed refreshes its liveness', () => {
  const clock = manualClock();
  const known = createNetwork({ clock });
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  clock.nowMs = 1_000;
  known.peerAt(address(1));
  known.discoverAddress(address(1), peer(2), SERVICE);
  expect(known.lastHeard(peer(1))).toBe(0);
  known.heardFrom(peer(1));
  expect(known.lastHeard(peer(1))).toBe(1_000);
});

test('listeners hear of peers that come and go, once each', () => {
  const known = network();
  const heard: string[] = [];
  const stop = known.onPeerAdded((added) => heard.push(`+${added.id}`));
  known.onPeerRemoved((removed) => heard.push(`-${removed.id}`));
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  known.addVerifiedPeer(peer(1), address(1), OTHER_SERVICE);
  known.removePeer(peer(1));
  known.removePeer(peer(1));
  stop();
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(heard).toEqual([`+${peer(1).id}`, `-${peer(1).id}`]);
});

test('a listener that throws is reported, and neither the network nor others notice', () => {
  const errors: unknown[] = [];
  const known = createNetwork({
    clock: manualClock(),
    onListenerError: (error) => errors.push(error),
  });
  const heard: string[] = [];
  known.onPeerAdded(() => {
    throw new Error('listener');
  });
  known.onPeerAdded((added) => heard.push(added.id));
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(errors).toHaveLength(1);
  expect(heard).toEqual([peer(1).id]);
});

test('a listener may change the network', () => {
  const known = network();
  known.onPeerAdded((added) => known.removePeer(added));
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(known.peers()).toEqual([]);
});

const LIMITS = {
  peersMax: 5,
  servicesPerPeerMax: 2,
  addressesPerPeerMax: 2,
  addressesMax: 7,
  addressesPerIntroducerMax: 3,
  servicesPerAddressMax: 2,
};

const change = fc.record({
  what: fc.constantFrom('hear', 'confirm', 'discover', 'forget', 'remove', 'live'),
  who: fc.nat(8),
  where: fc.nat(8),
  service: fc.constantFrom(SERVICE, OTHER_SERVICE, '33'.repeat(20)),
  passMs: fc.constantFrom(0, 1_000, 60_000),
});

test('after any changes the indexes agree and no limit is passed', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const clock = manualClock();
      const known = createNetwork({ clock, limits: LIMITS });
      const present = new Set<string>();
      known.onPeerAdded(({ id }) => present.add(id));
      known.onPeerRemoved(({ id }) => present.delete(id));
      for (const { what, who, where, service, passMs } of changes) {
        clock.nowMs += passMs;
        if (what === 'hear') known.addVerifiedPeer(peer(who), address(where), service);
        if (what === 'confirm') known.confirmAddress(peer(who), address(where));
        if (what === 'discover') known.discoverAddress(address(where), peer(who), service);
        if (what === 'forget') known.forgetAddress(address(where));
        if (what === 'remove') known.removePeer(peer(who));
        if (what === 'live') known.heardFrom(peer(who));
        expectSound(known, present);
      }
    }),
  );
});

function expectSound(known: Network, present: ReadonlySet<string>): void {
  const peers = known.peers();
  expect(new Set(peers.map(({ id }) => id))).toEqual(present);
  expect(peers.length).toBeLessThanOrEqual(LIMITS.peersMax);
  for (const one of peers) {
    const at = known.addressOf(one);
    expect(at).toBeDefined();
    if (at !== undefined) expect(present.has(known.peerAt(at)?.id ?? '')).toBe(true);
    expect(known.servicesOf(one).length).toBeLessThanOrEqual(LIMITS.servicesPerPeerMax);
    for (const service of known.servicesOf(one)) expect(known.peers(service)).toContain(one);
  }
  for (let where = 0; where <= 8; where++) {
    const there = known.peerAt(address(where));
    if (there !== undefined) expect(present.has(there.id)).toBe(true);
  }
  let introduced = 0;
  for (let who = 0; who <= 8; who++) {
    const told = known.introductionsFrom(peer(who)).length;
    expect(told).toBeLessThanOrEqual(LIMITS.addressesPerIntroducerMax);
    introduced += told;
  }
  expect(introduced).toBeLessThanOrEqual(LIMITS.addressesMax);
}

test('the last five round trips of a peer are kept, until it is forgotten', () => {
  const known = network();
  known.measured(peer(1), 10);
  expect(known.roundTripsOf(peer(1))).toEqual([]);
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  for (let times = 0; times < 50; times++) known.measured(peer(1), times);
  expect(known.roundTripsOf(peer(1))).toEqual([45, 46, 47, 48, 49]);
  known.removePeer(peer(1));
  known.addVerifiedPeer(peer(1), address(1), SERVICE);
  expect(known.roundTripsOf(peer(1))).toEqual([]);
});
