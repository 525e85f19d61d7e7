import { NO_ADDRESS } from '../address/address.ts';
import type { Address } from '../address/address.ts';
import { printMid } from '../peer/peer.ts';
import type { Peer } from '../peer/peer.ts';

/**
 * A peer as py-ipv8 prints it: `Peer<127.0.0.1:8090, +PTOtR5gGaXStfxLJ6eb…=>`. Without an address
 * it is at 0.0.0.0:0. IPv6 hosts stand without brackets.
 * Source: py-ipv8 3.2 ipv8/peer.py, `Peer.__str__`.
 */
export function printPeer(peer: Peer, address: Address = NO_ADDRESS): string {
  return `Peer<${address.host}:${address.port}, ${printMid(peer.mid)}>`;
}
