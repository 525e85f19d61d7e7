/** Addresses heard of: where, for which services, from whom. Nothing here is verified. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { append, without } from '../base/short-arrays.ts';
import type { NetworkLimits } from './limits.ts';

type Entry = {
  readonly address: Address;
  /** The id of the peer that told us first. */
  readonly introducedBy: string;
  /** BOUNDED by `servicesPerAddressMax`; the one heard longest ago leaves. */
  services: readonly string[];
  /** Who told us says that whoever is there understands introductions of the new style. */
  readonly isNewStyle: boolean;
};

/**
 * Keeps at most `addressesMax` addresses, and `addressesPerIntroducerMax` of one introducer.
 *
 * Who leaves: an introducer at its quota pushes out its own oldest address, so that a liar harms
 * only its own word. In a full book the introducer with the most addresses loses its oldest.
 */
export class AddressBook {
  readonly #limits: NetworkLimits;
  /** BOUNDED by `addressesMax`. The oldest entry comes first. */
  readonly #entries = new Map<string, Entry>();
  /**
   * Keys of the entries by introducer, the oldest first. BOUNDED: no introducer without an entry.
   * Arrays, which take a fifth of a set's memory for the few that each introducer has.
   */
  readonly #byIntroducer = new Map<string, readonly string[]>();

  constructor(limits: NetworkLimits) {
    this.#limits = limits;
  }

  add(address: Address, introducedBy: string, service: string, isNewStyle: boolean): void {
    const key = printAddress(address);
    const known = this.#entries.get(key);
    if (known !== undefined) {
      const { servicesPerAddressMax } = this.#limits;
      known.services = withBounded(known.services, service, servicesPerAddressMax);
      return;
    }
    this.#makeRoomFor(introducedBy);
    this.#entries.set(key, {
      address,
      introducedBy,
      services: withBounded([], service, 1),
      isNewStyle,
    });
    this.#byIntroducer.set(introducedBy, append(this.#byIntroducer.get(introducedBy), key));
  }

  isNewStyle(address: Address): boolean {
    return this.#entries.get(printAddress(address))?.isNewStyle === true;
  }

  remove(address: Address): void {
    this.#removeKey(printAddress(address));
  }

  /** Forgets everything this introducer told us. */
  removeIntroducer(id: string): void {
    for (const key of this.#byIntroducer.get(id) ?? []) this.#removeKey(key);
  }

  /**
   * Addresses heard of in a service, the oldest first, but those whose text (`printAddress`) is left
   * out.
   */
  ofService(service: string, isLeftOut: (key: string) => boolean): readonly Address[] {
    const found: Address[] = [];
    for (const [key, { address, services }] of this.#entries) {
      if (services.includes(service) && !isLeftOut(key)) found.push(address);
    }
    return found;
  }

  ofIntroducer(id: string): readonly Address[] {
    const found: Address[] = [];
    for (const key of this.#byIntroducer.get(id) ?? []) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) found.push(entry.address);
    }
    return found;
  }

  #makeRoomFor(introducer: string): void {
    const told = this.#byIntroducer.get(introducer);
    if (told !== undefined && told.length >= this.#limits.addressesPerIntroducerMax) {
      this.#removeOldestOf(introducer);
    } else if (this.#entries.size >= this.#limits.addressesMax) {
      this.#removeOldestOf(this.#largestIntroducer() ?? introducer);
    }
  }

  #removeOldestOf(introducer: string): void {
    const [oldest] = this.#byIntroducer.get(introducer) ?? [];
    if (oldest !== undefined) this.#removeKey(oldest);
  }

  #largestIntroducer(): string | undefined {
    let largest: string | undefined;
    let size = 0;
    for (const [introducer, told] of this.#byIntroducer) {
      if (told.length > size) [largest, size] = [introducer, told.length];
    }
    return largest;
  }

  #removeKey(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    const { introducedBy } = entry;
    const others = without(this.#byIntroducer.get(introducedBy) ?? [], key);
    if (others.length === 0) this.#byIntroducer.delete(introducedBy);
    else this.#byIntroducer.set(introducedBy, others);
  }
}

/**
 * The values with `value` as the last one; the first leaves when there are more than `countMax`.
 * Arrays that never change, because nearly all have one element, which a set takes ten times the
 * memory for.
 */
export function withBounded(
  values: readonly string[],
  value: string,
  countMax: number,
): readonly string[] {
  if (values.at(-1) === value) return values;
  if (values.length === 0) return alone(value);
  const next = append(without(values, value), value);
  return next.length > countMax ? next.slice(1) : next;
}

/** The last one that was made: nearly all peers and addresses have the same service, and no other. */
let lastAlone: readonly string[] = [];

function alone(value: string): readonly string[] {
  if (lastAlone[0] !== value) lastAlone = [value];
  return lastAlone;
}
