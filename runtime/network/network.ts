/** What this node knows of others, as questions and changes. Questions change nothing. */
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
import { Contacts } from './contacts.ts';
import { ANSWERED_ADDRESSES_MAX, NETWORK_LIMITS, SNAPSHOT_ADDRESSES_MAX } from './limits.ts';
import type { NetworkLimits } from './limits.ts';
import { RoundTrips } from './round-trips.ts';
import { readSnapshot, type SnapshotError, writeSnapshot } from './snapshot.ts';

/**
 * Peers proved by a signature, addresses heard of, and who told us. A service is a community id: 40
 * lower-case hexadecimal digits. Our own key is never a peer.
 */
export type Network = {
  /**
   * This peer sent a signed message from `address` in `service` just now. The address of a new peer
   * is where it was heard. A different address of a known peer is only a candidate until
   * `confirmAddress`, because whoever replays a recorded packet chooses its source: it becomes
   * walkable, so that somebody asks there.
   */
  addVerifiedPeer(peer: Peer, address: Address, service: string): void;
  /** A request that we sent there was answered by this peer just now: the address is its own. */
  confirmAddress(peer: Peer, address: Address): void;
  /**
   * The peer lives. Call it only after its signature was verified, or when it answered a question
   * with a secret number at its address.
   */
  heardFrom(peer: Peer): void;
  /** A known peer took this long to answer a question, in milliseconds. */
  measured(peer: Peer, roundTripMs: number): void;
  /**
   * `introducedBy`, which need not be a verified peer, told us that somebody in `service` is at
   * `address`; `isNewStyle`, that they understand introductions of the new style.
   */
  discoverAddress(
    address: Address,
    introducedBy: Peer,
    service: string,
    isNewStyle?: boolean,
  ): void;
  /** The peer understands introductions of the new style. */
  markNewStyle(peer: Peer): void;
  /** True when the peer said so; false for strangers. */
  isNewStyle(peer: Peer): boolean;
  /** True when who first told us of the address said so. */
  isNewStyleAt(address: Address): boolean;
  /**
   * Forgets that we heard of an address, because nobody answers there. A verified peer there stays:
   * it may be silent in one overlay and live in another, so only `removePeer` ends it.
   */
  forgetAddress(address: Address): void;
  /** Forgets the peer, its addresses and what it told us. It may be verified again later. */
  removePeer(peer: Peer): void;
  /**
   * Forgets one peer of the service that never answered us and has been silent for as long as the
   * reference waits before it drops a peer; the longest silent one. False when there is none.
   */
  makeRoom(service: string): boolean;
  /**
   * A known peer says that it runs these services. What it says harms only what is known of itself:
   * the ones heard longest ago leave when they are too many.
   */
  discoverServices(peer: Peer, services: readonly string[]): void;
  /**
   * Where the peer was last proved, or else first heard, to be, in one family or, as py-ipv8 has it
   * (3.2 ipv8/peer.py:66), by IPv6 before IPv4; undefined for strangers.
   */
  addressOf(peer: Peer, family?: Family): Address | undefined;
  /** True when the peer is at this address rather than at another one of its family. */
  isAt(peer: Peer, address: Address): boolean;
  /** The verified peer at an address; one map lookup. */
  peerAt(address: Address): Peer | undefined;
  /**
   * The address, and where the peer that answered us there answered us too: with sockets of both
   * families, py-ipv8 answers by the one that it prefers, not by the one that was asked.
   */
  placesOf(address: Address): readonly Address[];
  /** Somebody at the address, a peer of ours or not, answered a request of ours. */
  answeredAt(address: Address): void;
  /** True when somebody at the address answered a request of ours, so that it was not forged. */
  isProved(address: Address): boolean;
  /** The peer with this public key, when a request to the address was answered with it. */
  provedPeer(address: Address, keyBytes: Uint8Array): Peer | undefined;
  /** Milliseconds of the clock when the peer was last heard; undefined for strangers. */
  lastHeard(peer: Peer): number | undefined;
  /**
   * How long the peer took to answer, in milliseconds: the last five times, the newest last; none for
   * strangers.
   */
  roundTripsOf(peer: Peer): readonly number[];
  /** The services a peer was heard in, or says it runs; none for strangers. */
  servicesOf(peer: Peer): readonly string[];
  /** Verified peers, of one service or all, in the order they were added to it. */
  peers(service?: string): readonly Peer[];
  /** How many peers a service has; unlike `peers`, this makes no list. */
  peerCount(service: string): number;
  /** A peer of the service that chance picks; undefined when there is none. */
  pickPeer(service: string, random: Random): Peer | undefined;
  /**
   * Addresses heard of in a service where no verified peer of that service is, the oldest first.
   */
  walkableAddresses(service: string): readonly Address[];
  /** The addresses that this peer told us of and nobody before it. */
  introductionsFrom(peer: Peer): readonly Address[];
  /** Where all verified peers are, the ones that proved it first: to be read when a node starts again. */
  snapshot(): Uint8Array;
  /**
   * Makes the addresses of a snapshot walkable in these services, the first
   * `addressesPerIntroducerMax` of them. Gives their number, or why the bytes are no snapshot: then
   * nothing was taken.
   */
  loadSnapshot(snapshot: Uint8Array, services: readonly string[]): Result<number, SnapshotError>;
  /** Never makes a peer of this `id`; removes it when it is one. For our own keys. */
  blockPeer(id: string): void;
  /** Called with each peer that becomes verified. Gives the function that ends this. */
  onPeerAdded(listener: (peer: Peer) => void): () => void;
  /** Called with each peer that is forgotten. Gives the function that ends this. */
  onPeerRemoved(listener: (peer: Peer) => void): () => void;
};

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

class KnownNetwork implements Network {
  readonly #parts: NetworkParts;
  readonly #limits: NetworkLimits;
  readonly #book: AddressBook;
  readonly #contacts: Contacts;
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
  }

  addVerifiedPeer(peer: Peer, address: Address, service: string): void {
    if (this.#blockedIds.has(peer.id)) return;
    const contact = this.#contacts.get(peer.id);
    if (contact === undefined) return this.#addNewPeer(peer, address, service);
    this.#contacts.heard(peer.id, this.#parts.clock.now());
    this.#contacts.addService(peer.id, service);
    const isKnown = contact.addresses.some((own) => equalAddress(own, address));
    if (!isKnown) this.discoverAddress(address, peer, service);
  }

  confirmAddress(peer: Peer, address: Address): void {
    this.#contacts.confirm(peer.id, address, this.#parts.clock.now());
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
    for (const service of services) this.#contacts.addService(peer.id, service);
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
    const { added, evicted } = this.#contacts.add(peer, address, this.#parts.clock.now());
    if (!added) return;
    this.#contacts.addService(peer.id, service);
    if (evicted !== undefined) this.#book.removeIntroducer(evicted.id);
    if (evicted !== undefined) this.#roundTrips.remove(evicted.id);
    if (evicted !== undefined) this.#tell(this.#removed, evicted);
    this.#tell(this.#added, peer);
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
