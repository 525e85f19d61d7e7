import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { printPeer } from '../../../runtime/network/print-peer.ts';
import { peer } from './fixtures.ts';

test('a peer prints its address and the base64 of its mid', () => {
  expect(printPeer(peer(1), createAddress('127.0.0.1', 8090))).toMatch(
    /^Peer<127\.0\.0\.1:8090, [A-Za-z0-9+/]{27}=>$/,
  );
});

test('without an address it is at 0.0.0.0:0, and IPv6 has no brackets, as in py-ipv8', () => {
  expect(printPeer(peer(1))).toMatch(/^Peer<0\.0\.0\.0:0, /);
  expect(printPeer(peer(1), createAddress('::1', 8090))).toMatch(/^Peer<::1:8090, /);
});
