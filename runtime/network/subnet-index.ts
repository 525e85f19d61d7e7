/** How many peers of a service each network has; no search. */
import type { Address } from '../address/address.ts';
import { ipv4Number } from '../address/ip.ts';
import { isLinkLocal, isLoopback, isPrivate, subnetOf } from '../address/ranges.ts';
import { sharedBits } from '../address/shared-ipv4.ts';
import { PEERS_PER_SUBNET_MIN } from './limits.ts';

/** The upper 24 bits of an IPv4 address, which are compared faster than a text; the text of others. */
export type Subnet = number | string;

type Counts = {
  /** BOUNDED by the peers of the service; none without a peer. */
  readonly bySubnet: Map<Subnet, number>;
  /** Those with more than the least that each may have. BOUNDED as `bySubnet`. */
  readonly crowded: Set<Subnet>;
};

const NONE: ReadonlySet<Subnet> = new Set();

export class SubnetIndex {
  /** BOUNDED by the services of the contacts; none without a peer. */
  readonly #services = new Map<string, Counts>();

  /** A peer at this address joins the service, or, with −1, leaves it. */
  add(service: string, address: Address | undefined, count: 1 | -1): void {
    const subnet = address && publicSubnetOf(address);
    if (subnet === undefined) return;
    const counts = this.#services.get(service) ?? { bySubnet: new Map(), crowded: new Set() };
    this.#services.set(service, counts);
    const { bySubnet, crowded } = counts;
    const now = (bySubnet.get(subnet) ?? 0) + count;
    if (now === 0) bySubnet.delete(subnet);
    else bySubnet.set(subnet, now);
    if (now > PEERS_PER_SUBNET_MIN) crowded.add(subnet);
    else crowded.delete(subnet);
    if (bySubnet.size === 0) this.#services.delete(service);
  }

  count(service: string, subnet: Subnet): number {
    return this.#services.get(service)?.bySubnet.get(subnet) ?? 0;
  }

  /** The networks with more than `PEERS_PER_SUBNET_MIN` peers. */
  crowded(service: string): ReadonlySet<Subnet> {
    return this.#services.get(service)?.crowded ?? NONE;
  }
}

/** Undefined for addresses of a local network. */
export function publicSubnetOf(address: Address): Subnet | undefined {
  if (isPrivate(address) || isLoopback(address) || isLinkLocal(address)) return undefined;
  const bits =
    address.kind === 'ipv4' ? (sharedBits(address) ?? ipv4Number(address.host)) : undefined;
  return bits === undefined ? subnetOf(address) : bits >>> 8;
}
