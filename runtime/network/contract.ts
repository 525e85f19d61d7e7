/** What this node knows of others, as questions and changes. Questions change nothing. */
import type { Address, Family } from '../address/address.ts';
import type { Result } from '../base/result.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import type { SnapshotError } from './snapshot.ts';

/**
 * Peers proved by a signature, addresses heard of, and who told us. A service is a community id: 40
 * lower-case hexadecimal digits. Our own key is never a peer.
 */
export type Network = {
  /**
   * This peer sent a signed message from `address` in `service` just now. The address of a new peer
   * is where it was heard; it is not kept when its network has its part of the service's peers
   * already (`PEERS_PER_SUBNET_MAX`). A different address of a known peer is only a candidate until
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
  /**
   * Somebody in `service` who is known elsewhere claims to be at `address`. Nobody's word is kept
   * less for that: all such claims together are as those of one introducer.
   */
  discoverCandidate(address: Address, service: string, isNewStyle?: boolean): void;
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
  /**
   * How many peers a service has when no network counts for more than its part: what a walk that looks
   * for so many has found.
   */
  spreadCount(service: string): number;
  /** Lets one network have so many of this service's peers, and no more; −1 for any number. */
  limitSubnets(service: string, countMax: number): void;
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
