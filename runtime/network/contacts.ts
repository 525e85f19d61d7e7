/** Verified peers: where they are, what they run, when they were last heard. */
import { equalAddress } from '../address/address.ts';
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { equalBytes } from '../base/bytes.ts';
import type { Peer } from '../peer/peer.ts';
import { withBounded } from './address-book.ts';
import { SILENCE_BEFORE_EVICTION_MS } from './limits.ts';
import type { NetworkLimits } from './limits.ts';
import { ServiceIndex } from './service-index.ts';

/** What we know of a verified peer. */
export type Contact = {
  readonly peer: Peer;
  /** Milliseconds of the clock. */
  readonly lastHeard: number;
  readonly services: readonly string[];
  /**
   * Proved ones, or the one where a new peer was heard. The first is where to send to: IPv6 before
   * IPv4; of one family, the one proved last comes first.
   */
  readonly addresses: readonly Address[];
  /** True when a request to its address was answered. */
  readonly isConfirmed: boolean;
  /** True when it understands introductions of the new style. */
  readonly isNewStyle: boolean;
};

type Record = {
  readonly peer: Peer;
  lastHeard: number;
  /** BOUNDED by `servicesPerPeerMax`; the one used longest ago leaves. */
  services: readonly string[];
  /** BOUNDED by `addressesPerPeerMax`; the one proved longest ago leaves. */
  addresses: readonly Address[];
  isConfirmed: boolean;
  isNewStyle: boolean;
};

/** Two indexes that always agree: by peer and by address. Every change goes through here. */
export class Contacts {
  readonly #limits: NetworkLimits;
  /** BOUNDED by `peersMax`. In the order they were added. */
  readonly #records = new Map<string, Record>();
  /** Ids by address, the one to prefer first. BOUNDED: only addresses of records. */
  readonly #idsAt = new Map<string, string[]>();
  readonly #byService = new ServiceIndex();
  /** The same records, the longest silent first; those whose address was proved apart. BOUNDED by `peersMax`. */
  readonly #proved = new Set<Record>();
  /** BOUNDED by `peersMax`. */
  readonly #unproved = new Set<Record>();

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

  /** The contact at an address, the one proved there last before others; no search. */
  at(address: Address): Contact | undefined {
    const [id] = this.#idsAt.get(printAddress(address)) ?? [];
    return id === undefined ? undefined : this.#records.get(id);
  }

  /** The peer with this key that was proved to be at the address. */
  provedPeer(address: Address, keyBytes: Uint8Array): Peer | undefined {
    for (const id of this.#idsAt.get(printAddress(address)) ?? []) {
      const record = this.#records.get(id);
      const isIt =
        record?.isConfirmed === true && equalBytes(record.peer.publicKey.bytes, keyBytes);
      if (isIt) return record.peer;
    }
    return undefined;
  }

  /** True when a request to the address was answered by a peer that is still known. */
  isProved(address: Address): boolean {
    const ids = this.#idsAt.get(printAddress(address)) ?? [];
    return ids.some((id) => this.#records.get(id)?.isConfirmed === true);
  }

  /** True when a peer of this service is at the address with this text (`printAddress`). */
  isServed(addressText: string, service: string): boolean {
    const ids = this.#idsAt.get(addressText);
    return (
      ids !== undefined &&
      ids.some((id) => this.#records.get(id)?.services.includes(service) === true)
    );
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
    const record: Record = {
      peer,
      lastHeard: now,
      services: [],
      addresses: [address],
      isConfirmed: false,
      isNewStyle: false,
    };
    this.#records.set(peer.id, record);
    this.#hear(record, now);
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
    this.#byService.add(service, record.peer);
    for (const left of before) {
      if (!record.services.includes(left)) this.#byService.remove(left, id);
    }
  }

  /** The address becomes the contact's first; one that was never proved is given up for it. */
  confirm(id: string, address: Address, now: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    const proved = record.isConfirmed ? record.addresses : [];
    const others = proved.filter((other) => !equalAddress(other, address));
    for (const old of record.addresses) this.#unlink(record, old);
    record.addresses = inOrder(address, others, this.#limits.addressesPerPeerMax);
    for (const other of record.addresses) {
      if (other !== address) this.#link(record, other, 'last');
    }
    this.#link(record, address, 'first');
    this.#unproved.delete(record);
    record.isConfirmed = true;
    this.#hear(record, now);
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
    for (const record of this.#unproved) {
      if (now - record.lastHeard < SILENCE_BEFORE_EVICTION_MS) return undefined;
      if (record.services.includes(service)) return record;
    }
    return undefined;
  }

  /** No search: whoever floods us with new keys makes us ask this for each of them. */
  #leaver(now: number): Record | undefined {
    const [unproved] = this.#unproved;
    if (unproved !== undefined) return unproved;
    const [proved] = this.#proved;
    const isSilent = proved !== undefined && now - proved.lastHeard >= SILENCE_BEFORE_EVICTION_MS;
    return isSilent ? proved : undefined;
  }

  #hear(record: Record, now: number): void {
    record.lastHeard = now;
    const bySilence = record.isConfirmed ? this.#proved : this.#unproved;
    bySilence.delete(record);
    bySilence.add(record);
  }

  #link(record: Record, address: Address, place: 'first' | 'last'): void {
    const key = printAddress(address);
    const others = this.#idsAt.get(key) ?? [];
    const { id } = record.peer;
    this.#idsAt.set(key, place === 'first' ? [id, ...others] : [...others, id]);
  }

  #unlink(record: Record, address: Address): void {
    const key = printAddress(address);
    const ids = (this.#idsAt.get(key) ?? []).filter((id) => id !== record.peer.id);
    if (ids.length === 0) this.#idsAt.delete(key);
    else this.#idsAt.set(key, ids);
  }

  #remove(record: Record): void {
    this.#records.delete(record.peer.id);
    this.#proved.delete(record);
    this.#unproved.delete(record);
    for (const address of record.addresses) this.#unlink(record, address);
    for (const service of record.services) this.#byService.remove(service, record.peer.id);
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
  return newest.kind === 'ipv6' ? [...kept, ...rest] : [...rest, ...kept];
}

/** Whether a peer got its place, and who lost it. */
type Added = { readonly added: boolean; readonly evicted?: Peer };
