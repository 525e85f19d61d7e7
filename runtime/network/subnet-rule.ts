/**
 * How many peers of one network (a /24 of IPv4, a /64 of IPv6) a service keeps. Keys are free and so are the
 * ports of one address, so whoever has one network could be all the peers there are.
 *
 * A service with few peers keeps whoever comes: a company's servers, a block of flats behind the box
 * of one provider. As it grows, a network has a tenth of the places, and peers of other networks take
 * those that it has too many of. A local network's own machines are not counted.
 */
import type { Address } from '../address/address.ts';
import type { Peer } from '../peer/peer.ts';
import type { Contacts } from './contacts.ts';
import { CROWDED_FROM, PEERS_PER_SUBNET_MAX, PEERS_PER_SUBNET_MIN } from './limits.ts';
import { publicSubnetOf, type Subnet } from './subnet-index.ts';

export class SubnetRule {
  readonly #contacts: Contacts;
  /** Of services that have another limit than their tenth; −1 for none. BOUNDED by our overlays. */
  readonly #fixed = new Map<string, number>();

  constructor(contacts: Contacts) {
    this.#contacts = contacts;
  }

  /** From now on a network has so many of this service's peers; −1 for any number. */
  fix(service: string, countMax: number): void {
    this.#fixed.set(service, countMax);
  }

  /** True when a peer who is none of the service's may join it from this address. */
  hasRoom(service: string, address: Address): boolean {
    const max = this.#maxOf(service, this.#contacts.countOf(service) + 1);
    if (max === undefined) return true;
    const subnet = publicSubnetOf(address);
    return subnet === undefined || this.#contacts.countIn(service, subnet) < max;
  }

  /** True when so many of its network are peers that this one, who is one too, should leave. */
  isTooMany(service: string, peer: Peer): boolean {
    const max = this.#maxOf(service, this.#contacts.countOf(service));
    const subnet = this.#subnetOf(peer);
    if (max === undefined || subnet === undefined) return false;
    return this.#contacts.countIn(service, subnet) > max;
  }

  /** Of a network with too many peers, the one that came first; undefined when there is no such network. */
  surplus(service: string): Peer | undefined {
    const crowded = this.#contacts.crowdedIn(service);
    const max = this.#maxOf(service, this.#contacts.countOf(service));
    if (crowded.size === 0 || max === undefined) return undefined;
    for (const subnet of crowded) {
      if (this.#contacts.countIn(service, subnet) <= max) continue;
      return this.#contacts.ofService(service).find((peer) => this.#subnetOf(peer) === subnet);
    }
    return undefined;
  }

  /**
   * How many peers a service has when no network counts for more than it may have: what a walk that
   * looks for so many has found, so that one network cannot end it.
   */
  spreadCount(service: string): number {
    let count = this.#contacts.countOf(service);
    const max = this.#fixed.get(service) ?? tenthOf(count);
    if (max === -1) return count;
    for (const subnet of this.#contacts.crowdedIn(service)) {
      count -= Math.max(0, this.#contacts.countIn(service, subnet) - max);
    }
    return count;
  }

  /** Undefined where there is no limit. */
  #maxOf(service: string, peerCount: number): number | undefined {
    const fixed = this.#fixed.get(service);
    if (fixed !== undefined) return fixed === -1 ? undefined : fixed;
    return peerCount > CROWDED_FROM ? tenthOf(peerCount) : undefined;
  }

  #subnetOf({ id }: Peer): Subnet | undefined {
    const address = this.#contacts.get(id)?.addresses[0];
    return address && publicSubnetOf(address);
  }
}

function tenthOf(peerCount: number): number {
  const tenth = Math.floor(peerCount / 10);
  return Math.min(PEERS_PER_SUBNET_MAX, Math.max(PEERS_PER_SUBNET_MIN, tenth));
}
