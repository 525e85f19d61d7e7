/** Addresses heard of: where, for which services, from whom. Nothing here is verified. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { NetworkLimits } from './limits.ts';

type Entry = {
  readonly address: Address;
  /** The id of the peer that told us first. */
  readonly introducedBy: string;
  /** BOUNDED by `servicesPerAddressMax`; the one heard longest ago leaves. */
  readonly services: Set<string>;
};

/**
 * Keeps at most `addressesMax` addresses, and `addressesPerIntroducerMax` of one introducer.
 *
 * Who leaves: an introducer at its quota pushes out its own oldest address, so that a liar harms only its own
 * word. In a full book the introducer with the most addresses loses its oldest.
 */
export type AddressBook = {
  add(address: Address, introducedBy: string, service: string): void;
  remove(address: Address): void;
  /** Forgets everything this introducer told us. */
  removeIntroducer(id: string): void;
  /** Addresses heard of in a service, the oldest first. */
  ofService(service: string): readonly Address[];
  ofIntroducer(id: string): readonly Address[];
};

export function createAddressBook(limits: NetworkLimits): AddressBook {
  /** BOUNDED by `addressesMax`. The oldest entry comes first. */
  const entries = new Map<string, Entry>();
  /** Keys of `entries` by introducer, the oldest first. BOUNDED: no introducer without an entry. */
  const byIntroducer = new Map<string, Set<string>>();

  function removeKey(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    const told = byIntroducer.get(entry.introducedBy);
    told?.delete(key);
    if (told?.size === 0) byIntroducer.delete(entry.introducedBy);
  }

  function removeOldestOf(introducer: string): void {
    const [oldest] = byIntroducer.get(introducer) ?? [];
    if (oldest !== undefined) removeKey(oldest);
  }

  function largestIntroducer(): string | undefined {
    let largest: string | undefined;
    let size = 0;
    for (const [introducer, told] of byIntroducer) {
      if (told.size > size) [largest, size] = [introducer, told.size];
    }
    return largest;
  }

  function makeRoomFor(introducer: string): void {
    const told = byIntroducer.get(introducer);
    if (told !== undefined && told.size >= limits.addressesPerIntroducerMax) {
      removeOldestOf(introducer);
    } else if (entries.size >= limits.addressesMax) {
      removeOldestOf(largestIntroducer() ?? introducer);
    }
  }

  return {
    add(address, introducedBy, service) {
      const key = printAddress(address);
      const known = entries.get(key);
      if (known !== undefined)
        return addBounded(known.services, service, limits.servicesPerAddressMax);
      makeRoomFor(introducedBy);
      entries.set(key, { address, introducedBy, services: new Set([service]) });
      const told = byIntroducer.get(introducedBy);
      if (told === undefined) byIntroducer.set(introducedBy, new Set([key]));
      else told.add(key);
    },
    remove(address) {
      removeKey(printAddress(address));
    },
    removeIntroducer(id) {
      for (const key of [...(byIntroducer.get(id) ?? [])]) removeKey(key);
    },
    ofService(service) {
      const found: Address[] = [];
      for (const entry of entries.values()) {
        if (entry.services.has(service)) found.push(entry.address);
      }
      return found;
    },
    ofIntroducer(id) {
      const found: Address[] = [];
      for (const key of byIntroducer.get(id) ?? []) {
        const entry = entries.get(key);
        if (entry !== undefined) found.push(entry.address);
      }
      return found;
    },
  };
}

/** Makes `value` the youngest of the set; the oldest leaves when there are more than `countMax`. */
export function addBounded(values: Set<string>, value: string, countMax: number): void {
  values.delete(value);
  values.add(value);
  const [oldest] = values;
  if (values.size > countMax && oldest !== undefined) values.delete(oldest);
}
