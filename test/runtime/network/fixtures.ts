import type { Address } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import type { Clock } from '../../../runtime/env/clock.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';

export const SERVICE = '11'.repeat(20);
export const OTHER_SERVICE = '22'.repeat(20);

/** A peer whose key nobody has to sign with. */
export function peer(number: number): Peer {
  const bytes = new TextEncoder().encode(`key ${number}`);
  return createPeer({ curve: 'curve25519', bytes, signatureLength: 64 });
}

/** Different numbers up to 2^24 are different addresses. */
export function address(number: number, port = 8090): Address {
  return createAddress(`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`, port);
}

/** A clock that stands still until it is set. */
export function manualClock(): Clock & { nowMs: number } {
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    wallTime: () => clock.nowMs,
    after: () => ({ cancel: () => {} }),
  };
  return clock;
}
