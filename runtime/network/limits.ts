/** What a network remembers at most. Each number has a reason; all together a few megabytes. */
export type NetworkLimits = {
  /**
   * Verified peers of all overlays. An overlay takes 30 (py-ipv8 3.2 community.py:53), so this is
   * room for thirty overlays; a tracker, which keeps a hundred peers for each community it serves,
   * is given more. Beyond it: the longest silent peer that never answered leaves, else nobody is
   * added.
   */
  readonly peersMax: number;
  /**
   * Services (community ids) kept of one peer. Nodes run a handful; a peer may claim any number
   * (py-ipv8 kept 50,000 of one peer). Beyond it: the one used longest ago leaves.
   */
  readonly servicesPerPeerMax: number;
  /**
   * Proved addresses of one peer: in its own network and outside, IPv4 and IPv6. Older ones are
   * left behind when the peer moves. Beyond it: the one proved longest ago leaves.
   */
  readonly addressesPerPeerMax: number;
  /**
   * Addresses heard of. A walker tries two a second and forgets those that do not answer, so this
   * is several minutes of walking; more would be stale before its turn came. Beyond it: the
   * introducer with the most addresses loses its oldest.
   */
  readonly addressesMax: number;
  /**
   * Addresses heard of from one introducer. An introduction brings at most two, so these are its
   * last twenty-five: enough for one tracker to start a network, too few for one liar to fill the
   * book. Beyond it: its oldest leaves.
   */
  readonly addressesPerIntroducerMax: number;
  /**
   * Services an address is kept for: as many overlays as one node may sensibly run. Beyond it: the
   * one heard longest ago leaves.
   */
  readonly servicesPerAddressMax: number;
};

export const NETWORK_LIMITS: NetworkLimits = {
  peersMax: 1_000,
  servicesPerPeerMax: 64,
  addressesPerPeerMax: 4,
  addressesMax: 1_000,
  addressesPerIntroducerMax: 50,
  servicesPerAddressMax: 64,
};

/**
 * How long a peer must have been silent before a newcomer may take its place, in milliseconds: when the reference's churn drops it (py-ipv8 3.2
 * peerdiscovery/churn.py:20).
 */
export const SILENCE_BEFORE_EVICTION_MS = 57_500;

/**
 * Addresses kept where somebody who is no peer of ours answered a request: as many as a network has
 * peers (`NETWORK_LIMITS.peersMax`). Beyond it: the one that answered first leaves, and is a stranger's again.
 */
export const ANSWERED_ADDRESSES_MAX = 1_000;

/**
 * Addresses in a snapshot: as many as a network has peers (`NETWORK_LIMITS.peersMax`). Beyond it: the
 * others are left out.
 */
export const SNAPSHOT_ADDRESSES_MAX = 1_000;

/** Bytes of a snapshot that is read: that many IPv6 addresses, each of 19 bytes. Beyond it: refused. */
export const SNAPSHOT_BYTES_MAX = 19 * SNAPSHOT_ADDRESSES_MAX;

/**
 * Round trips kept of one peer: what the reference averages over (py-ipv8 3.2 peer.py:105). Beyond
 * it: the oldest leaves.
 */
export const ROUND_TRIPS_PER_PEER_MAX = 5;

/**
 * Peers of a service from which on no network (a /24 of IPv4, a /64 of IPv6) may have more than its
 * part: as many as a walk usually looks for, so that few who are all in one place keep each other.
 */
export const CROWDED_FROM = 20;

/**
 * What the part of a network, a tenth of a service's peers, comes to at most: in a large service
 * ten liars with one network are few enough, and so are ten neighbours lost. Beyond it: nobody of
 * that network joins, and those who are too many give way to peers of others.
 */
export const PEERS_PER_SUBNET_MAX = 10;

/** And at least: two of a household behind one address are no attack. */
export const PEERS_PER_SUBNET_MIN = 2;
