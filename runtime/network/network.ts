/** What this node knows of others, as questions and changes. Questions change nothing. */
import type { Address } from '../address/address.ts';
import { equalAddress } from '../address/address.ts';
import { Listeners } from '../base/listeners.ts';
import type { Clock } from '../env/clock.ts';
import type { Peer } from '../peer/peer.ts';
import { createAddressBook } from './address-book.ts';
import { createContacts } from './contacts.ts';
import { NETWORK_LIMITS } from './limits.ts';
import type { NetworkLimits } from './limits.ts';

/**
 * Peers proved by a signature, addresses heard of, and who told us. A service is a community id: 40 lower-case
 * hexadecimal digits. Our own key is never a peer.
 */
export type Network = {
  /**
   * This peer sent a signed message from `address` in `service` just now. The address of a new peer is where it was
   * heard. A different address of a known peer is only a candidate until `confirmAddress`, because whoever replays a
   * recorded packet chooses its source: it becomes walkable, so that somebody asks there.
   */
  addVerifiedPeer(peer: Peer, address: Address, service: string): void;
  /** A request that we sent there was answered by this peer just now: the address is its own. */
  confirmAddress(peer: Peer, address: Address): void;
  /** The peer lives. Call it only after its signature was verified. */
  heardFrom(peer: Peer): void;
  /** `introducedBy`, which need not be a verified peer, told us that somebody in `service` is at `address`. */
  discoverAddress(address: Address, introducedBy: Peer, service: string): void;
  /**
   * Forgets that we heard of an address, because nobody answers there. A verified peer there stays: it may be silent
   * in one overlay and live in another, so only `removePeer` ends it.
   */
  forgetAddress(address: Address): void;
  /** Forgets the peer, its addresses and what it told us. It may be verified again later. */
  removePeer(peer: Peer): void;
  /** Where the peer was last proved, or else first heard, to be; undefined for strangers. */
  addressOf(peer: Peer): Address | undefined;
  /** The verified peer at an address; one map lookup. */
  peerAt(address: Address): Peer | undefined;
  /** Milliseconds of the clock when the peer was last heard; undefined for strangers. */
  lastHeard(peer: Peer): number | undefined;
  /** The services a peer was heard in; none for strangers. */
  servicesOf(peer: Peer): readonly string[];
  /** Verified peers, of one service or all, in the order they were added. */
  peers(service?: string): readonly Peer[];
  /** Addresses heard of in a service where no verified peer of that service is, the oldest first. */
  walkableAddresses(service: string): readonly Address[];
  /** The addresses that this peer told us of and nobody before it. */
  introductionsFrom(peer: Peer): readonly Address[];
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
  /** Hears of listeners that throw. Without it they throw at whoever changed the network, once all were called. */
  readonly onListenerError?: (error: unknown) => void;
};

/** An empty network. */
export function createNetwork(parts: NetworkParts): Network {
  const { clock } = parts;
  const limits = { ...NETWORK_LIMITS, ...parts.limits };
  const book = createAddressBook(limits);
  const contacts = createContacts(limits);
  const added = new Listeners<Peer>();
  const removed = new Listeners<Peer>();
  // Filled by our own configuration alone.
  const blockedIds = new Set<string>();

  function tell(listeners: Listeners<Peer>, peers: readonly Peer[]): void {
    const errors: unknown[] = [];
    const onError = parts.onListenerError ?? ((error: unknown) => void errors.push(error));
    for (const peer of peers) listeners.emit(peer, onError);
    if (errors.length > 0) throw errors[0];
  }

  function removePeer(id: string): void {
    book.removeIntroducer(id);
    const contact = contacts.remove(id);
    if (contact === undefined) return;
    for (const address of contact.addresses) book.remove(address);
    tell(removed, [contact.peer]);
  }

  function addNewPeer(peer: Peer, address: Address, service: string): void {
    const outcome = contacts.add(peer, address, clock.now());
    if (!outcome.added) return;
    contacts.addService(peer.id, service);
    if (outcome.evicted !== undefined) {
      book.removeIntroducer(outcome.evicted.id);
      tell(removed, [outcome.evicted]);
    }
    tell(added, [peer]);
  }

  return {
    addVerifiedPeer(peer, address, service) {
      if (blockedIds.has(peer.id)) return;
      const contact = contacts.get(peer.id);
      if (contact === undefined) return addNewPeer(peer, address, service);
      contacts.heard(peer.id, clock.now());
      contacts.addService(peer.id, service);
      const isKnown = contact.addresses.some((own) => equalAddress(own, address));
      if (!isKnown) book.add(address, peer.id, service);
    },
    confirmAddress: (peer, address) => contacts.confirm(peer.id, address, clock.now()),
    heardFrom: (peer) => contacts.heard(peer.id, clock.now()),
    discoverAddress(address, introducedBy, service) {
      if (address.port !== 0) book.add(address, introducedBy.id, service);
    },
    forgetAddress: (address) => book.remove(address),
    removePeer: (peer) => removePeer(peer.id),
    addressOf: (peer) => contacts.get(peer.id)?.addresses[0],
    peerAt: (address) => contacts.at(address)?.peer,
    lastHeard: (peer) => contacts.get(peer.id)?.lastHeard,
    servicesOf: (peer) => [...(contacts.get(peer.id)?.services ?? [])],
    peers(service) {
      const found: Peer[] = [];
      for (const contact of contacts.all()) {
        if (service === undefined || contact.services.has(service)) found.push(contact.peer);
      }
      return found;
    },
    walkableAddresses: (service) =>
      book.ofService(service).filter((address) => !contacts.isServed(address, service)),
    introductionsFrom: (peer) => book.ofIntroducer(peer.id),
    blockPeer(id) {
      blockedIds.add(id);
      removePeer(id);
    },
    onPeerAdded: (listener) => added.add(listener),
    onPeerRemoved: (listener) => removed.add(listener),
  };
}
