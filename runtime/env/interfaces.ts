import type { Address, Family } from '../address/address.ts';
import type { Clock } from './clock.ts';

/** An address of this machine, without a port. */
export type HostAddress = { readonly kind: Family; readonly host: Address['host'] };

/** The network interfaces of this machine. */
export type Interfaces = {
  /**
   * The addresses of those that are up, in the system's order, loopback and addresses that hold on
   * one wire only left out; none when the system does not say.
   */
  addresses(): readonly HostAddress[];
};

/** How long what was looked up is taken for true (py-ipv8 3.2 lan_addresses/addressprovider.py:37). */
const REFRESH_MS = 10_000;

/** The same, asked of the system at most once in ten seconds. */
export function rememberInterfaces(interfaces: Interfaces, clock: Clock): Interfaces {
  let found: readonly HostAddress[] = [];
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return {
    addresses() {
      const now = clock.now();
      if (now - askedAtMs >= REFRESH_MS) {
        found = interfaces.addresses();
        askedAtMs = now;
      }
      return found;
    },
  };
}
