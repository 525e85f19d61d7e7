/** How a walker looks for peers. */
import type { Address } from '../address/address.ts';
import type { Peer } from '../peer/peer.ts';

/** What a strategy may ask of the overlay it walks in. */
export type Walkable = {
  /** Peers of this overlay, verified. */
  peers(): readonly Peer[];
  /** Addresses heard of in this overlay that are no verified peer's. */
  walkableAddresses(): readonly Address[];
  /** Sends an introduction request there. */
  walkTo(address: Address): void;
  /** Asks this peer, or without one the bootstrappers or a random peer, for an introduction. */
  requestIntroduction(peer?: Peer): void;
  /** Asks the bootstrappers; nothing happens while those asked last have time to answer. */
  bootstrap(): void;
  /** Forgets an address that never answered. */
  forgetAddress(address: Address): void;
};

/** One way to look for peers. */
export type WalkStrategy = {
  /** One step; called every walker interval while there are fewer peers than wanted. */
  step(): void;
  /** What is compared with the number of wanted peers; the overlay's peers when left out. */
  peerCount?(): number;
};
