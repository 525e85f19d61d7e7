/** What walkers remember at most because of others. Each number has its reason. */

/**
 * Peers whose last ping a churn remembers: as many as a network keeps (`NETWORK_LIMITS.peersMax`).
 * One that is forgotten is pinged once more than it had to be. Beyond it: the one pinged longest
 * ago is forgotten.
 */
export const PINGED_PEERS_MAX = 1_000;

/**
 * Addresses an edge walk waits for: those of all introducers of its edges, and at most as many as
 * an address book holds (`NETWORK_LIMITS.addressesMax`). Beyond it: the one asked longest ago is
 * forgotten.
 */
export const ASKED_ADDRESSES_MAX = 1_000;
