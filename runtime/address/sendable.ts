import type { Address } from './address.ts';
import {
  isBroadcast,
  isLinkLocal,
  isLoopback,
  isMappedIpv4,
  isMulticast,
  isUnspecified,
} from './ranges.ts';

/** True of a single host, that a datagram may be sent to. */
export function isSendable(address: Address): boolean {
  if (address.kind === 'domain' || address.port === 0) return false;
  if (isUnspecified(address) || isMulticast(address) || isBroadcast(address)) return false;
  // A link-local address means a host only together with an interface, which no message names; and
  // a mapped one would be IPv4 under a name that no check of ours knows.
  return address.kind === 'ipv4' || (!isLinkLocal(address) && !isMappedIpv4(address));
}

/** True when `teller` may know what is at the address: only this machine knows its own loopback. */
export function isTellable(address: Address, teller: Address): boolean {
  return !isLoopback(address) || isLoopback(teller);
}
