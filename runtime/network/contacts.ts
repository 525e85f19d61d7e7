/** Verified peers: where they are, what they run, when they were last heard. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Peer } from '../peer/peer.ts';
import { addBounded } from './address-book.ts';
import { SILENCE_BEFORE_EVICTION_MS } from './limits.ts';
import type { NetworkLimits } from './limits.ts';

/** What we know of a verified peer. */
export type Contact = {
  readonly peer: Peer;
  /** Milliseconds of the clock. */
  readonly lastHeard: number;
  readonly services: ReadonlySet<string>;
  /** The first is where to send to. Proved ones, or the one where a new peer was heard. */
  readonly addresses: readonly Address[];
  /** True when a request to its address was answered. */
  readonly isConfirmed: boolean;
};

type Record = {
  readonly peer: Peer;
  lastHeard: number;
  /** BOUNDED by `servicesPerPeerMax`; the one used longest ago leaves. */
  readonly services: Set<string>;
  /** BOUNDED by `addressesPerPeerMax`; the one proved longest ago leaves. */
  addresses: Address[];
  isConfirmed: boolean;
};

/** Two indexes that always agree: by peer and by address. Every change goes through here. */
export type Contacts = {
  get(id: string): Contact | undefined;
  /** In the order they were added. */
  all(): Iterable<Contact>;
  /** The contact at an address, the one proved there last before others; no search. */
  at(address: Address): Contact | undefined;
  /** True when a peer of this service is at the address. */
  isServed(address: Address, service: string): boolean;
  /**
   * Adds a peer that is not known. When all places are taken, the longest silent one whose address was never proved
   * leaves; else the longest silent of all, if it was silent for `SILENCE_BEFORE_EVICTION_MS`; else nobody is added.
   */
  add(
    peer: Peer,
    address: Address,
    now: number,
  ): { readonly added: boolean; readonly evicted?: Peer };
  heard(id: string, now: number): void;
  addService(id: string, service: string): void;
  confirm(id: string, address: Address, now: number): void;
  /** Gives back what is removed. */
  remove(id: string): Contact | undefined;
};

export function createContacts(limits: NetworkLimits): Contacts {
  /** BOUNDED by `peersMax`. */
  const records = new Map<string, Record>();
  /** Ids by address, the one to prefer first. BOUNDED: only addresses of records. */
  const idsAt = new Map<string, string[]>();

  /** The same records, those whose address was proved apart, the longest silent first. */
  const bySilence = { proved: new Set<Record>(), unproved: new Set<Record>() };

  function unlink(record: Record, address: Address): void {
    const key = printAddress(address);
    const ids = (idsAt.get(key) ?? []).filter((id) => id !== record.peer.id);
    if (ids.length === 0) idsAt.delete(key);
    else idsAt.set(key, ids);
  }

  function removeRecord(record: Record): void {
    records.delete(record.peer.id);
    bySilence.proved.delete(record);
    bySilence.unproved.delete(record);
    for (const address of record.addresses) unlink(record, address);
  }

  /** No search: whoever floods us with new keys makes us ask this for each of them. */
  function leaver(now: number): Record | undefined {
    const [unproved] = bySilence.unproved;
    if (unproved !== undefined) return unproved;
    const [proved] = bySilence.proved;
    const isSilent = proved !== undefined && now - proved.lastHeard >= SILENCE_BEFORE_EVICTION_MS;
    return isSilent ? proved : undefined;
  }

  function heardNow(record: Record, now: number): void {
    record.lastHeard = now;
    const heard = record.isConfirmed ? bySilence.proved : bySilence.unproved;
    heard.delete(record);
    heard.add(record);
  }

  return {
    get: (id) => records.get(id),
    all: () => records.values(),
    at(address) {
      const [id] = idsAt.get(printAddress(address)) ?? [];
      return id === undefined ? undefined : records.get(id);
    },
    isServed(address, service) {
      const ids = idsAt.get(printAddress(address)) ?? [];
      return ids.some((id) => records.get(id)?.services.has(service) === true);
    },
    add(peer, address, now) {
      const evicted = records.size >= limits.peersMax ? leaver(now) : undefined;
      if (records.size >= limits.peersMax && evicted === undefined) return { added: false };
      if (evicted !== undefined) removeRecord(evicted);
      const services = new Set<string>();
      const record = { peer, lastHeard: now, services, addresses: [address], isConfirmed: false };
      records.set(peer.id, record);
      heardNow(record, now);
      const key = printAddress(address);
      // Behind those already there: whoever forges a source must not hide the peer that lives at it.
      idsAt.set(key, [...(idsAt.get(key) ?? []), peer.id]);
      return evicted === undefined ? { added: true } : { added: true, evicted: evicted.peer };
    },
    heard(id, now) {
      const record = records.get(id);
      if (record !== undefined) heardNow(record, now);
    },
    addService(id, service) {
      const record = records.get(id);
      if (record !== undefined) addBounded(record.services, service, limits.servicesPerPeerMax);
    },
    confirm(id, address, now) {
      const record = records.get(id);
      if (record === undefined) return;
      const key = printAddress(address);
      const proved = record.isConfirmed ? record.addresses : [];
      const kept = [address, ...proved.filter((other) => printAddress(other) !== key)];
      for (const old of record.addresses) unlink(record, old);
      record.addresses = kept.slice(0, limits.addressesPerPeerMax);
      if (!record.isConfirmed) {
        bySilence.unproved.delete(record);
        record.isConfirmed = true;
        heardNow(record, now);
      }
      for (const own of record.addresses) {
        const ownKey = printAddress(own);
        const others = idsAt.get(ownKey) ?? [];
        idsAt.set(ownKey, ownKey === key ? [id, ...others] : [...others, id]);
      }
    },
    remove(id) {
      const record = records.get(id);
      if (record !== undefined) removeRecord(record);
      return record;
    },
  };
}
