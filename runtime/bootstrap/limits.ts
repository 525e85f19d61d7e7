/** What bootstrappers remember, and do, at most because of others. Each number has its reason. */

/**
 * Addresses taken of one host name, whatever the name server says: a name of several trackers, with
 * two families each. Beyond it: the first ones are taken.
 */
export const ADDRESSES_PER_NAME_MAX = 16;

/** How long a lookup may take, in milliseconds: what resolvers take for one server that is silent. */
export const LOOKUP_TIMEOUT_MS = 5_000;

/**
 * Least time between two lookups of one name, in milliseconds: the reference's pace of asking hosts
 * again, whatever the configured one is.
 */
export const LOOKUP_PAUSE_MS = 30_000;

/**
 * How long it takes to send a beacon to all ports, in milliseconds: six thousand datagrams a second,
 * which a wireless network, slow for what all hear, still carries.
 */
export const BEACON_MS = 10_000;

/** Ports called at once, so that nothing else waits for more than a few milliseconds. */
export const BEACON_PIECE_PORTS = 256;

/**
 * Walks within a second because of beacons: a room full of peers is met within seconds. Beyond it:
 * nobody walks; the beacon comes again.
 */
export const BEACON_WALKS_PER_SECOND_MAX = 10;
