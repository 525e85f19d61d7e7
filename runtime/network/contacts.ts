/** Verified peers: where they are, what they run, when they were last heard. */
import { equalAddress } from '../address/address.ts';
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { equalBytes } from '../base/bytes.ts';
import { append, without } from '../base/short-arrays.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import { withBounded } from './address-book.ts';
import type { Contact, ContactRecord } from './contact.ts';
import { SILENCE_BEFORE_EVICTION_MS } from './limits.ts';
import type { NetworkLimits } from './limits.ts';
import { ServiceIndex } from './service-index.ts';
import { SilenceOrder } from './silence-order.ts';
import { type Subnet, SubnetIndex } from './subnet-index.ts';

/** Indexes that always agree: by peer, by address, by service and by network. Every change goes through here. */
export class Contacts {
  readonly #limits: NetworkLimits;
  /** BOUNDED by `peersMax`. In the order they were added. */
  readonly #records = new Map<string, ContactRecord>();
  /** Records by address, the one to prefer first. BOUNDED: only addresses of records. */
  readonly #recordsAt = new Map<string, readonly ContactRecord[]>();
  readonly #byService = new ServiceIndex();
  /** Where the peers of each service are: by the first address of each. */
  readonly #bySubnet = new SubnetIndex();
  /** The same records; those whose address was proved apart. BOUNDED by `peersMax`, both. */
  readonly #proved = new SilenceOrder();
  readonly #unproved = new SilenceOrder();

  constructor(limits: NetworkLimits) {
    this.#limits = limits;
  }

  get(id: string): Contact | undefined {
    return this.#records.get(id);
  }

  /** In the order they were added. */
  all(): Iterable<Contact> {
    return this.#records.values();
  }

  /** Peers of a service, in the order they came to it; no search. */
  ofService(service: string): readonly Peer[] {
    return this.#byService.of(service);
  }

  /** How many peers a service has. */
  countOf(service: string): number {
    return this.#byService.count(service);
  }

  /** How many peers of a service are in one network. */
  countIn(service: string, subnet: Subnet): number {
    return this.#bySubnet.count(service, subnet);
  }

  /** The networks in which several peers of a service are. */
  crowdedIn(service: string): ReadonlySet<Subnet> {
    return this.#bySubnet.crowded(service);
  }

  /** A peer of a service that chance picks. */
  pickOf(service: string, random: Random): Peer | undefined {
    return this.#byService.pick(service, random);
  }

  /** The contact at an address, the one proved there last before others; no search. */
  at(address: Address): Contact | undefined {
    return this.#recordsAt.get(printAddress(address))?.[0];
  }

  /** The peer with this key that was proved to be at the address. */
  provedPeer(address: Address, keyBytes: Uint8Array): Peer | undefined {
    return this.#recordsAt
      .get(printAddress(address))
      ?.find(({ isConfirmed, peer }) => isConfirmed && equalBytes(peer.publicKey.bytes, keyBytes))
      ?.peer;
  }

  /** True when a request to the address was answered by a peer that is still known. */
  isProved(address: Address): boolean {
    const there = this.#recordsAt.get(printAddress(address));
    return there !== undefined && there.some(({ isConfirmed }) => isConfirmed);
  }

  /** True when a peer of this service is at the address with this text (`printAddress`). */
  isServed(addressText: string, service: string): boolean {
    const there = this.#recordsAt.get(addressText);
    return there !== undefined && there.some(({ services }) => services.includes(service));
  }

  /**
   * Adds a peer that is not known. When all places are taken, the longest silent one whose address
   * was never proved leaves; else the longest silent of all, if it was silent for
   * `SILENCE_BEFORE_EVICTION_MS`; else nobody is added.
   */
  add(peer: Peer, address: Address, now: number): Added {
    const isFull = this.#records.size >= this.#limits.peersMax;
    const evicted = isFull ? this.#leaver(now) : undefined;
    if (isFull && evicted === undefined) return { added: false };
    if (evicted !== undefined) this.#remove(evicted);
    const record: ContactRecord = {
      peer,
      lastHeard: now,
      services: [],
      addresses: [address],
      isConfirmed: false,
      isNewStyle: false,
      before: undefined,
      after: undefined,
    };
    this.#records.set(peer.id, record);
    this.#unproved.add(record);
    // Behind those already there: whoever forges a source must not hide the peer that lives at it.
    this.#link(record, address, 'last');
    return evicted === undefined ? { added: true } : { added: true, evicted: evicted.peer };
  }

  heard(id: string, now: number): void {
    const record = this.#records.get(id);
    if (record !== undefined) this.#hear(record, now);
  }

  markNewStyle(id: string): void {
    const record = this.#records.get(id);
    if (record !== undefined) record.isNewStyle = true;
  }

  addService(id: string, service: string): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    const before = record.services;
    record.services = withBounded(before, service, this.#limits.servicesPerPeerMax);
    if (record.services === before) return;
    if (!before.includes(service)) this.#enter(record, service);
    for (const left of before) if (!record.services.includes(left)) this.#exit(record, left);
  }

  /** Takes a peer out of one service; the others keep it. */
  leaveService(id: string, service: string): void {
    const record = this.#records.get(id);
    if (record?.services.includes(service) !== true) return;
    record.services = without(record.services, service);
    this.#exit(record, service);
  }

  /** The address becomes the contact's first; one that was never proved is given up for it. */
  confirm(id: string, address: Address, now: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    const proved = record.isConfirmed ? record.addresses : [];
    const others = proved.filter((other) => !equalAddress(other, address));
    const [placeBefore] = record.addresses;
    for (const old of record.addresses) this.#unlink(record, old);
    record.addresses = inOrder(address, others, this.#limits.addressesPerPeerMax);
    for (const other of record.addresses) {
      if (other !== address) this.#link(record, other, 'last');
    }
    this.#link(record, address, 'first');
    this.#move(record, placeBefore);
    this.#orderOf(record).remove(record);
    record.isConfirmed = true;
    record.lastHeard = now;
    this.#proved.add(record);
  }

  /** Gives back what is removed. */
  remove(id: string): Contact | undefined {
    const record = this.#records.get(id);
    if (record !== undefined) this.#remove(record);
    return record;
  }

  /**
   * The longest silent contact of a service whose address was never proved, once it was silent for
   * `SILENCE_BEFORE_EVICTION_MS`. Looks at silent ones only.
   */
  silentStranger(service: string, now: number): Contact | undefined {
    for (let record = this.#unproved.first; record !== undefined; record = record.after) {
      if (now - record.lastHeard < SILENCE_BEFORE_EVICTION_MS) return undefined;
      if (record.services.includes(service)) return record;
    }
    return undefined;
  }

  /** No search: whoever floods us with new keys makes us ask this for each of them. */
  #leaver(now: number): ContactRecord | undefined {
    if (this.#unproved.first !== undefined) return this.#unproved.first;
    const proved = this.#proved.first;
    const isSilent = proved !== undefined && now - proved.lastHeard >= SILENCE_BEFORE_EVICTION_MS;
    return isSilent ? proved : undefined;
  }

  #hear(record: ContactRecord, now: number): void {
    record.lastHeard = now;
    const order = this.#orderOf(record);
    order.remove(record);
    order.add(record);
  }

  #orderOf(record: ContactRecord): SilenceOrder {
    return record.isConfirmed ? this.#proved : this.#unproved;
  }

  #link(record: ContactRecord, address: Address, place: 'first' | 'last'): void {
    const key = printAddress(address);
    const others = this.#recordsAt.get(key);
    const isFirst = place === 'first' && others !== undefined;
    this.#recordsAt.set(key, isFirst ? [record, ...others].slice() : append(others, record));
  }

  #unlink(record: ContactRecord, address: Address): void {
    const key = printAddress(address);
    const others = without(this.#recordsAt.get(key) ?? [], record);
    if (others.length === 0) this.#recordsAt.delete(key);
    else this.#recordsAt.set(key, others);
  }

  #enter(record: ContactRecord, service: string): void {
    this.#byService.add(service, record.peer);
    this.#bySubnet.add(service, record.addresses[0], 1);
  }

  #exit(record: ContactRecord, service: string): void {
    this.#byService.remove(service, record.peer);
    this.#bySubnet.add(service, record.addresses[0], -1);
  }

  #move({ addresses: [after], services }: ContactRecord, before: Address | undefined): void {
    if (before !== undefined && after !== undefined && before.host === after.host) return;
    for (const service of services) {
      this.#bySubnet.add(service, before, -1);
      this.#bySubnet.add(service, after, 1);
    }
  }

  #remove(record: ContactRecord): void {
    this.#records.delete(record.peer.id);
    this.#orderOf(record).remove(record);
    for (const address of record.addresses) this.#unlink(record, address);
    for (const service of record.services) this.#exit(record, service);
  }
}

/** The newest address of its family first; the other family keeps at least one of the places. */
function inOrder(
  newest: Address,
  others: readonly Address[],
  countMax: number,
): readonly Address[] {
  const other = others.filter(({ kind }) => kind !== newest.kind);
  const same = [newest, ...others.filter(({ kind }) => kind === newest.kind)];
  const kept = same.slice(0, other.length === 0 ? countMax : countMax - 1);
  const rest = other.slice(0, countMax - kept.length);
  return newest.kind === 'ipv6' ? kept.concat(rest) : rest.concat(kept);
}

/** Whether a peer got its place, and who lost it. */
type Added = { readonly added: boolean; readonly evicted?: Peer };
