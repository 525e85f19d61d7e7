import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import {
  NETWORK_LIMITS,
  SNAPSHOT_ADDRESSES_MAX,
  SNAPSHOT_BYTES_MAX,
} from '../../../runtime/network/limits.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { address, manualClock, OTHER_SERVICE, peer, SERVICE } from './fixtures.ts';

function network() {
  return createNetwork({ clock: manualClock() });
}

/** What py-ipv8 3.2.1 gives for peers at these two addresses; it keeps them in no order. */
const RECORDED = '01010203041f9a0320010db80000000000000000000000011f9b';

test('py-ipv8 wrote the same bytes', () => {
  const known = network();
  known.addVerifiedPeer(peer(1), createAddress('1.2.3.4', 8090), SERVICE);
  known.addVerifiedPeer(peer(2), createAddress('2001:db8::1', 8091), SERVICE);
  expect(toHex(known.snapshot())).toBe(RECORDED);
});

test('addresses of a snapshot are walkable in the services it is loaded for, and nobody is a peer', () => {
  const known = network();
  expect(known.loadSnapshot(fromHex(RECORDED), [SERVICE])).toEqual({ ok: true, value: 2 });
  const walkable = known.walkableAddresses(SERVICE).map(printAddress);
  expect(walkable).toEqual(['1.2.3.4:8090', '[2001:db8::1]:8091']);
  expect(known.walkableAddresses(OTHER_SERVICE)).toEqual([]);
  expect(known.peers()).toEqual([]);
});

test('peers that proved their address stand first', () => {
  const known = network();
  for (const number of [1, 2, 3]) known.addVerifiedPeer(peer(number), address(number), SERVICE);
  known.confirmAddress(peer(3), address(3));
  const next = network();
  next.loadSnapshot(known.snapshot(), [SERVICE]);
  expect(next.walkableAddresses(SERVICE)).toEqual([address(3), address(1), address(2)]);
});

test.each(['169.254.1.2', '127.0.0.1', '10.0.0.1', '::1', 'fc00::1'])(
  'a peer at %s does not spoil the snapshot it is in',
  (host) => {
    const known = network();
    known.addVerifiedPeer(peer(1), createAddress(host, 8090), SERVICE);
    known.addVerifiedPeer(peer(2), address(2), SERVICE);
    expect(network().loadSnapshot(known.snapshot(), [SERVICE])).toEqual({ ok: true, value: 2 });
  },
);

test('a snapshot of nobody is empty, and can be loaded', () => {
  expect(network().snapshot()).toHaveLength(0);
  expect(network().loadSnapshot(new Uint8Array(0), [SERVICE])).toEqual({ ok: true, value: 0 });
});

test.each([
  ['01010203041f', 'address at offset'],
  ['0901020304', 'tag 9'],
  ['02000161001f', 'tag 2'],
  ['010102030400000101020305ffff', 'offset 0: no peer can be at 1.2.3.4:0'],
  ['01010203041f9a01e00000011f9a', 'offset 7: no peer can be at 224.0.0.1:8090'],
  ['01ffffffff1f9a', '255.255.255.255'],
  ['01000000001f9a', '0.0.0.0'],
  ['03fe8000000000000000000000000000011f9a', 'fe80::1'],
  ['0300000000000000000000ffff010203041f9a', 'no peer can be at'],
])('%s is refused whole: %s', (hex, says) => {
  const known = network();
  const loaded = known.loadSnapshot(fromHex(hex), [SERVICE]);
  expect(loaded).toMatchObject({ ok: false });
  if (!loaded.ok) expect(loaded.error.message).toContain(says);
  expect(known.walkableAddresses(SERVICE)).toEqual([]);
});

test('a snapshot of ten times the size is refused; of the whole size the first fifty are taken', () => {
  const known = network();
  const one = fromHex('01010203041f9a');
  const much = new Uint8Array(10 * SNAPSHOT_BYTES_MAX);
  for (let at = 0; at + one.length <= much.length; at += one.length) much.set(one, at);
  const refused = known.loadSnapshot(much, [SERVICE]);
  expect(refused).toMatchObject({ ok: false });
  if (!refused.ok) expect(refused.error.message).toContain(`more than ${SNAPSHOT_BYTES_MAX}`);
  const whole = Uint8Array.from(
    Array.from({ length: 1_000 }, (_, at) => [1, 1, 2, at >> 8, at & 255, 31, 154]).flat(),
  );
  const countMax = NETWORK_LIMITS.addressesPerIntroducerMax;
  expect(known.loadSnapshot(whole, [SERVICE])).toEqual({ ok: true, value: countMax });
  expect(known.walkableAddresses(SERVICE)).toHaveLength(countMax);
});

test('no bytes make loading throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const known = network();
      const loaded = known.loadSnapshot(bytes, [SERVICE]);
      if (!loaded.ok) expect(known.walkableAddresses(SERVICE)).toEqual([]);
    }),
  );
});

test('a network of ten times the peers writes no more of them than a snapshot has room for', () => {
  const count = 10 * SNAPSHOT_ADDRESSES_MAX;
  const known = createNetwork({ clock: manualClock(), limits: { peersMax: count } });
  for (let number = 0; number < count; number++) {
    known.addVerifiedPeer(peer(number), address(number), SERVICE);
  }
  const snapshot = known.snapshot();
  // One byte for the family, four for the host, two for the port.
  expect(snapshot.length).toBe(7 * SNAPSHOT_ADDRESSES_MAX);
  expect(snapshot.length).toBeLessThanOrEqual(SNAPSHOT_BYTES_MAX);
});
