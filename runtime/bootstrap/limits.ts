/** What bootstrappers remember, and do, at most because of others. Each number has its reason. */

/**
 * Addresses taken of one host name, whatever the name server says: a name of several trackers, with
 * two families each.
 */
export const ADDRESSES_PER_NAME_MAX = 16;

/** How long a lookup may take, in milliseconds: what resolvers take for one server that is silent. */
export const LOOKUP_TIMEOUT_MS = 5_000;

/**
 * Least time between two lookups of one name, in milliseconds: the reference's pace of asking hosts
 * again, whatever the configured one is.
 */
export const LOOKUP_PAUSE_MS = 30_000;
