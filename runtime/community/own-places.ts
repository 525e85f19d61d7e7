/** Where we are, as far as we know: by our sockets, our interfaces, and what others say. */
import { type Address, equalAddress, type Family } from '../address/address.ts';
import { isPrivate, isUnspecified } from '../address/ranges.ts';
import { createAddress } from '../address/text.ts';
import type { HostAddress, Interfaces } from '../env/interfaces.ts';
import type { Peer } from '../peer/peer.ts';
import type { OwnAddress } from './own-address.ts';
import { isSendable } from '../address/sendable.ts';

export type OwnPlacesParts = {
  /** Where our sockets are bound; none while they are closed. */
  readonly boundAddresses: () => readonly Address[];
  /** What others say. */
  readonly ownAddress: OwnAddress;
  /** Asked often: it should remember for a while. */
  readonly interfaces?: Interfaces | undefined;
};

/** What our address in our own network follows from. */
type Known = {
  readonly bound: Address;
  readonly seen: Address | undefined;
  readonly all: readonly HostAddress[];
};

const NONE: readonly HostAddress[] = [];

export class OwnPlaces {
  readonly #parts: OwnPlacesParts;
  /** Asked for several times for each datagram, and another one once in a while. */
  readonly #lans: { [kind in Family]?: Known & { readonly lan: Address | undefined } } = {};

  constructor(parts: OwnPlacesParts) {
    this.#parts = parts;
  }

  /** True when we have a socket of that family. */
  reaches(kind: Address['kind']): boolean {
    return this.#bound(kind) !== undefined;
  }

  /**
   * Our address in our own network: where we are bound if that says it; bound to all, the interface
   * that others there see us at, else the first one.
   */
  lan(kind: Family): Address | undefined {
    const bound = this.#bound(kind);
    if (bound === undefined) return undefined;
    const seen = this.#parts.ownAddress.lan(kind);
    const all = this.#parts.interfaces?.addresses() ?? NONE;
    const last = this.#lans[kind];
    const isSame = last?.bound === bound && last.seen === seen && last.all === all;
    if (last !== undefined && isSame) return last.lan;
    const lan = chooseLan(kind, { bound, seen, all });
    this.#lans[kind] = { bound, seen, all, lan };
    return lan;
  }

  /** Our address outside it. */
  wan(kind: Family): Address | undefined {
    return this.#parts.ownAddress.wan(kind);
  }

  /** Where we would be met first: IPv6, which has no NAT in its way, before IPv4. */
  get preferred(): Address | undefined {
    return this.#ipv6 ?? this.wan('ipv4');
  }

  /** Any address under which others reach us, those outside first. */
  get any(): Address | undefined {
    return this.wan('ipv4') ?? this.wan('ipv6') ?? this.lan('ipv4') ?? this.lan('ipv6');
  }

  /** Where we are in that family, for somebody whom we reach in the other one. */
  in(kind: Family): Address | undefined {
    return kind === 'ipv6' ? this.#ipv6 : (this.wan('ipv4') ?? this.lan('ipv4'));
  }

  /** `responder`, at `from`, answered our request and says that we are at `address`. */
  observe(address: Address, responder: Peer, from: Address): void {
    this.#parts.ownAddress.observe(address, responder, from);
  }

  /** Somewhere to send to, by a socket that we have, that is not ourselves. */
  canSendTo(address: Address): boolean {
    return isSendable(address) && this.reaches(address.kind) && !this.#isOwn(address);
  }

  #isOwn(address: Address): boolean {
    if (address.kind === 'domain') return false;
    const [lan, wan] = [this.lan(address.kind), this.wan(address.kind)];
    return (
      (lan !== undefined && equalAddress(address, lan)) ||
      (wan !== undefined && equalAddress(address, wan))
    );
  }

  get #ipv6(): Address | undefined {
    return this.reaches('ipv6') ? (this.wan('ipv6') ?? this.lan('ipv6')) : undefined;
  }

  #bound(kind: Address['kind']): Address | undefined {
    return this.#parts.boundAddresses().find((address) => address.kind === kind);
  }
}

function chooseLan(kind: Family, { bound, seen, all }: Known): Address | undefined {
  if (!isUnspecified(bound)) return bound;
  const own = all.filter((address) => address.kind === kind);
  const chosen = own.find(({ host }) => host === seen?.host) ?? firstOf(own);
  if (chosen === undefined || chosen.host === seen?.host) return seen;
  return createAddress(chosen.host, bound.port);
}

/** One in a private network, where there is one: the others there reach that. */
function firstOf(addresses: readonly HostAddress[]): HostAddress | undefined {
  return addresses.find((address) => isPrivate({ ...address, port: 0 })) ?? addresses[0];
}
