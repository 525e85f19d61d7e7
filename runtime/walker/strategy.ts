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
  /** Forgets an address that never answered. */
  forgetAddress(address: Address): void;
};

export type WalkStrategy = {
  /** One step; called every walker interval while the overlay wants more peers. */
  step(): void;
};
