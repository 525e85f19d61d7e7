import type { Address } from '../address/address.ts';
import { isBroadcast, isMulticast, isUnspecified } from '../address/ranges.ts';

/**
 * True of a single IPv4 host: what the old form of introductions can say, and a datagram may be
 * sent to.
 */
export function isSendable(address: Address): boolean {
  if (address.kind !== 'ipv4' || address.port === 0) return false;
  return !isUnspecified(address) && !isMulticast(address) && !isBroadcast(address);
}
