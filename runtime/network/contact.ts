import type { Address } from '../address/address.ts';
import type { Peer } from '../peer/peer.ts';

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

/** The same, as it is changed. */
export type ContactRecord = {
  readonly peer: Peer;
  lastHeard: number;
  /** BOUNDED by `servicesPerPeerMax`; the one used longest ago leaves. */
  services: readonly string[];
  /** BOUNDED by `addressesPerPeerMax`; the one proved longest ago leaves. */
  addresses: readonly Address[];
  isConfirmed: boolean;
  isNewStyle: boolean;
  /** The neighbours in the order of silence. */
  before: ContactRecord | undefined;
  after: ContactRecord | undefined;
};
