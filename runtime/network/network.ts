/** What this node knows of others. */
import type { Address, Family } from '../address/address.ts';
import { equalAddress } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import { Listeners } from '../base/listeners.ts';
import { ok, type Result } from '../base/result.ts';
import type { Clock } from '../env/clock.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import { AddressBook } from './address-book.ts';
import type { Contact } from './contact.ts';
import { Contacts } from './contacts.ts';
import { ANSWERED_ADDRESSES_MAX, NETWORK_LIMITS, SNAPSHOT_ADDRESSES_MAX } from './limits.ts';
import type { NetworkLimits } from './limits.ts';
import type { Network } from './contract.ts';
import { RoundTrips } from './round-trips.ts';
import { SubnetRule } from './subnet-rule.ts';
import { readSnapshot, type SnapshotError, writeSnapshot } from './snapshot.ts';

export type { Network };

export type NetworkParts = {
  readonly clock: Clock;
  /** Other limits than `NETWORK_LIMITS`, for nodes that serve many, such as trackers. */
  readonly limits?: Partial<NetworkLimits>;
  /**
   * Hears of listeners that throw. Without it they throw at whoever changed the network, once all
   * were called.
   */
  readonly onListenerError?: (error: unknown) => void;
};

/** An empty network. */
export function createNetwork(parts: NetworkParts): Network {
  return new KnownNetwork(parts);
}

/** Who told us of the addresses of a snapshot: no peer has this id. */
const SNAPSHOT_ID = 'snapshot';

/** And of those where known peers claim to be: whoever replays their messages crowds only these. */
const CANDIDATES_ID = 'candidates';

class KnownNetwork implements Network {
  readonly #parts: NetworkParts;
  readonly #limits: NetworkLimits;
  readonly #book: AddressBook;
  readonly #contacts: Contacts;
  readonly #subnets: SubnetRule;
  readonly #roundTrips = new RoundTrips();
  readonly #answered = new BoundedMap<string, true>({
    countMax: ANSWERED_ADDRESSES_MAX,
    onFull: 'drop-oldest',
  });
  readonly #added = new Listeners<Peer>();
  readonly #removed = new Listeners<Peer>();
  /** BOUNDED by our own keys. */
  readonly #blockedIds = new Set<string>();

  constructor(parts: NetworkParts) {
    const limits = { ...NETWORK_LIMITS, ...parts.limits };
    this.#parts = parts;
    this.#limits = limits;
    this.#book = new AddressBook(limits);
    this.#contacts = new Contacts(limits);
    this.#subnets = new SubnetRule(this.#contacts);
  }

  addVerifiedPeer(peer: Peer, address: Address, service: string): void {
    if (this.#blockedIds.has(peer.id)) return;
    const contact = this.#contacts.get(peer.id);
    if (contact === undefined) return this.#addNewPeer(peer, address, service);
    this.#contacts.heard(peer.id, this.#parts.clock.now());
    this.#joinService(contact, service);
    const isKnown = contact.addresses.some((own) => equalAddress(own, address));
    if (!isKnown) this.discoverCandidate(address, service);
  }

  confirmAddress(peer: Peer, address: Address): void {
    const before = this.addressOf(peer);
    this.#contacts.confirm(peer.id, address, this.#parts.clock.now());
    const after = this.addressOf(peer);
    if (before === undefined || after === undefined || equalAddress(before, after)) return;
    this.#leaveCrowds(peer);
  }

  heardFrom(peer: Peer): void {
    this.#contacts.heard(peer.id, this.#parts.clock.now());
  }

  measured(peer: Peer, roundTripMs: number): void {
    if (this.#contacts.get(peer.id) !== undefined) this.#roundTrips.add(peer.id, roundTripMs);
  }

  discoverAddress(address: Address, introducedBy: Peer, service: string, isNewStyle = false): void {
    if (address.port !== 0) this.#book.add(address, introducedBy.id, service, isNewStyle);
  }

  discoverCandidate(address: Address, service: string, isNewStyle = false): void {
    if (address.port !== 0) this.#book.add(address, CANDIDATES_ID, service, isNewStyle);
  }

  markNewStyle(peer: Peer): void {
    this.#contacts.markNewStyle(peer.id);
  }

  isNewStyle(peer: Peer): boolean {
    return this.#contacts.get(peer.id)?.isNewStyle === true;
  }

  isNewStyleAt(address: Address): boolean {
    return this.#book.isNewStyle(address);
  }

  forgetAddress(address: Address): void {
    this.#book.remove(address);
  }

  removePeer(peer: Peer): void {
    this.#remove(peer.id);
  }

  makeRoom(service: string): boolean {
    const silent = this.#contacts.silentStranger(service, this.#parts.clock.now());
    if (silent !== undefined) this.#remove(silent.peer.id);
    return silent !== undefined;
  }

  discoverServices(peer: Peer, services: readonly string[]): void {
    const contact = this.#contacts.get(peer.id);
    if (contact === undefined) return;
    for (const service of services) this.#joinService(contact, service);
  }

  addressOf(peer: Peer, family?: Family): Address | undefined {
    const addresses = this.#contacts.get(peer.id)?.addresses;
    return family === undefined ? addresses?.[0] : addresses?.find(({ kind }) => kind === family);
  }

  isAt(peer: Peer, address: Address): boolean {
    const own = this.#contacts.get(peer.id)?.addresses.find(({ kind }) => kind === address.kind);
    return own !== undefined && equalAddress(own, address);
  }

  peerAt(address: Address): Peer | undefined {
    return this.#contacts.at(address)?.peer;
  }

  placesOf(address: Address): readonly Address[] {
    const contact = this.#contacts.at(address);
    const others = contact?.isConfirmed === true ? contact.addresses : [];
    return [address, ...others.filter((other) => other.kind !== address.kind)];
  }

  answeredAt(address: Address): void {
    if (!this.#contacts.isProved(address)) this.#answered.set(printAddress(address), true);
  }

  isProved(address: Address): boolean {
    return this.#contacts.isProved(address) || this.#answered.has(printAddress(address));
  }

  provedPeer(address: Address, keyBytes: Uint8Array): Peer | undefined {
    return this.#contacts.provedPeer(address, keyBytes);
  }

  lastHeard(peer: Peer): number | undefined {
    return this.#contacts.get(peer.id)?.lastHeard;
  }

  roundTripsOf(peer: Peer): readonly number[] {
    return this.#roundTrips.of(peer.id);
  }

  servicesOf(peer: Peer): readonly string[] {
    return [...(this.#contacts.get(peer.id)?.services ?? [])];
  }

  peers(service?: string): readonly Peer[] {
    if (service !== undefined) return this.#contacts.ofService(service);
    return [...this.#contacts.all()].map(({ peer }) => peer);
  }

  peerCount(service: string): number {
    return this.#contacts.countOf(service);
  }

  spreadCount(service: string): number {
    return this.#subnets.spreadCount(service);
  }

  limitSubnets(service: string, countMax: number): void {
    this.#subnets.fix(service, countMax);
  }

  pickPeer(service: string, random: Random): Peer | undefined {
    return this.#contacts.pickOf(service, random);
  }

  walkableAddresses(service: string): readonly Address[] {
    return this.#book.ofService(service, (text) => this.#contacts.isServed(text, service));
  }

  introductionsFrom(peer: Peer): readonly Address[] {
    return this.#book.ofIntroducer(peer.id);
  }

  snapshot(): Uint8Array {
    const all = [...this.#contacts.all()];
    const ordered = [
      ...all.filter((one) => one.isConfirmed),
      ...all.filter((one) => !one.isConfirmed),
    ];
    return writeSnapshot(
      ordered.flatMap(({ addresses }) => addresses.slice(0, 1)).slice(0, SNAPSHOT_ADDRESSES_MAX),
    );
  }

  loadSnapshot(snapshot: Uint8Array, services: readonly string[]): Result<number, SnapshotError> {
    const read = readSnapshot(snapshot);
    if (!read.ok) return read;
    const taken = read.value.slice(0, this.#limits.addressesPerIntroducerMax);
    for (const address of taken) {
      for (const service of services) this.#book.add(address, SNAPSHOT_ID, service, false);
    }
    return ok(taken.length);
  }

  blockPeer(id: string): void {
    this.#blockedIds.add(id);
    this.#remove(id);
  }

  onPeerAdded(listener: (peer: Peer) => void): () => void {
    return this.#added.add(listener);
  }

  onPeerRemoved(listener: (peer: Peer) => void): () => void {
    return this.#removed.add(listener);
  }

  #addNewPeer(peer: Peer, address: Address, service: string): void {
    if (!this.#subnets.hasRoom(service, address)) return;
    const { added, evicted } = this.#contacts.add(peer, address, this.#parts.clock.now());
    if (!added) return;
    this.#contacts.addService(peer.id, service);
    this.#thinOut(service);
    if (evicted !== undefined) this.#book.removeIntroducer(evicted.id);
    if (evicted !== undefined) this.#roundTrips.remove(evicted.id);
    if (evicted !== undefined) this.#tell(this.#removed, evicted);
    this.#tell(this.#added, peer);
  }

  /** The service is heard of last again, or joined when the peer's network has not its part yet. */
  #joinService({ peer, services, addresses: [address] }: Contact, service: string): void {
    const isMember = services.includes(service);
    if (!isMember && address !== undefined && !this.#subnets.hasRoom(service, address)) return;
    this.#contacts.addService(peer.id, service);
    if (!isMember) this.#thinOut(service);
  }

  /** For each who comes, one leaves of those that are too many. */
  #thinOut(service: string): void {
    const surplus = this.#subnets.surplus(service);
    if (surplus !== undefined) this.#leave(surplus, service);
  }

  /** Whoever moved into a network that has its part already is one too many. */
  #leaveCrowds(peer: Peer): void {
    for (const service of this.servicesOf(peer)) {
      if (this.#subnets.isTooMany(service, peer)) this.#leave(peer, service);
    }
  }

  #leave(peer: Peer, service: string): void {
    if (this.servicesOf(peer).length === 1) this.#remove(peer.id);
    else this.#contacts.leaveService(peer.id, service);
  }

  #remove(id: string): void {
    this.#book.removeIntroducer(id);
    this.#roundTrips.remove(id);
    const contact = this.#contacts.remove(id);
    if (contact === undefined) return;
    for (const address of contact.addresses) this.#book.remove(address);
    this.#tell(this.#removed, contact.peer);
  }

  #tell(listeners: Listeners<Peer>, peer: Peer): void {
    const errors: unknown[] = [];
    const onError = this.#parts.onListenerError ?? ((error: unknown) => void errors.push(error));
    listeners.emit(peer, onError);
    if (errors.length > 0) throw errors[0];
  }
}
