/** What an overlay remembers, and does, at most because of others. Each number has its reason. */

/**
 * Introduction requests of the last `REQUEST_TIMEOUT_MS`, which wait for their answer or for a
 * puncture. A walker sends two a second and a bootstrap a few dozen at once; within the timeout
 * that stays below this. When full, the oldest is given up. Beyond it: the oldest is given up.
 */
export const OUTSTANDING_REQUESTS_MAX = 256;

/**
 * How long an answer, or a puncture, counts after the request, in milliseconds: the reference's request timeout (py-ipv8 3.2
 * requestcache.py:78).
 */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Peers whose address in their own network is remembered for introductions. Larger than an overlay
 * with several times the usual 30 peers; one entry is some hundred bytes. Beyond it: the one used
 * longest ago is forgotten.
 */
export const LAN_ADDRESSES_MAX = 1_000;

/**
 * Voters on our own address: enough that four liars cannot move it, few enough to follow a real
 * change soon. Beyond it: the voter heard longest ago loses its vote.
 */
export const VOTERS_MAX = 9;

/**
 * With fewer voters than this a known address is not replaced: two could be the word of one against
 * one.
 */
export const VOTERS_TO_CHANGE_MIN = 3;

/**
 * Datagrams of one kind, a puncture or the question to a peer's new address, to one target within
 * `BUDGET_WINDOW_MS`: a second one opens, or asks, nothing that the first did not. Beyond it: it
 * is not sent.
 */
export const BUDGET_PER_TARGET_MAX = 1;

/**
 * Datagrams of one kind to all targets within `BUDGET_WINDOW_MS`. A puncture request is unsigned
 * and four times smaller than the puncture it asks for, and anybody can replay a request from
 * anywhere, so this is all the traffic we lend to anybody. Questions at this rate also leave most
 * of `OUTSTANDING_REQUESTS_MAX` to our own walk. Beyond it: it is not sent.
 */
export const BUDGET_MAX = 5;

/** The time that the budgets are for, in milliseconds. */
export const BUDGET_WINDOW_MS = 1_000;

/**
 * Of these datagrams, those that are for askers who proved where they are and had none within
 * `ASKER_MEMORY_MS`. So one asker has three in a second, and twenty forged ones are needed to leave
 * an honest one without.
 */
export const BUDGET_RESERVED = 2;

/**
 * How long it is remembered for whom a datagram was sent, in milliseconds: a walker whose way was
 * not opened comes again within that time (`REQUEST_TIMEOUT_MS`).
 */
export const ASKER_MEMORY_MS = 10_000;

/**
 * One in this many requests for an introduction goes to a bootstrap address (py-ipv8 3.2
 * ipv8/community.py:646).
 */
export const KEEP_ALIVE_ONE_IN = 20;

/**
 * Asynchronous handlers that run at once. Beyond that messages are dropped: whoever sends faster
 * than handlers end would otherwise fill the memory with waiting ones. One network (a /24 of IPv4, a
 * /64 of IPv6) has no more of them than a quarter of the places left, whatever number of keys it
 * has: 200. Beyond it: messages are dropped as `busy`.
 */
export const HANDLERS_RUNNING_MAX = 1_000;

/**
 * Those of them for addresses where nobody ever answered us, which are free to forge, with the same
 * rule: 100 for one network. The others stay for those who did. Beyond it: messages of strangers are
 * dropped as `busy`.
 */
export const STRANGERS_HANDLERS_MAX = 500;

/**
 * Questions of an overlay's own requests that wait for their answer. A crawl of the DHT has a few
 * dozen; this is a thousand requests under way in one overlay, and some hundred kilobytes. A guess
 * of a 16-bit number then hits once in 64 tries at most, and would still have to come from the
 * right address. Beyond it: a request fails with `full`, rather than one that waits being given
 * up.
 */
export const OPEN_REQUESTS_MAX = 1_024;
