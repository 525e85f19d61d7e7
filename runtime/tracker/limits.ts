/** What a tracker remembers, and does, at most because of others. Each number has its reason. */
/**
 * Communities served at once. The public trackers see a few dozen; a community with all its peers
 * takes some 150 kilobytes, so that all of them stay below 200 megabytes. Beyond it: the oldest
 * community of which nobody answered us leaves, else the new one is not served.
 */
export const COMMUNITIES_MAX = 1_000;

/**
 * Peers kept for each community: the reference's (scripts/tracker_service.py, `TrackerChurn`).
 * Beyond it: as for `peersMax`.
 */
export const PEERS_PER_COMMUNITY_MAX = 100;

/**
 * Addresses heard of in one community: what peers that are pinged introduce to us, whom we never
 * visit, and where peers that move say they are. Beyond it: as for `addressesMax`.
 */
export const ADDRESSES_PER_COMMUNITY_MAX = 16;

/** How often a community is looked through for peers that left; the reference's. */
export const CHURN_INTERVAL_MS = 10_000;

/**
 * Peers pinged of one community in one round (py-ipv8 3.2 peerdiscovery/churn.py:20). Beyond it:
 * they wait for the next round.
 */
export const PINGS_PER_ROUND_MAX = 8;

/** How long a peer may be silent before it is pinged; the reference's, as above. */
export const SILENCE_BEFORE_PING_MS = 27_500;

/** How long a ping is waited for; the reference's (scripts/tracker_service.py, `TrackerPing`). */
export const PING_TIMEOUT_MS = 5_000;

/**
 * Pings within a second, to all targets; to one target there is one. Whoever forges sources makes
 * us ping them, so this is all the traffic we lend to anybody, and 15 milliseconds of signing.
 * Beyond it: no ping is sent.
 */
export const PINGS_PER_SECOND_MAX = 50;

/**
 * Of these, those that are for communities where somebody answered us and which had fewer than
 * `PINGS_PER_ROUND_MAX` within ten seconds: some forty communities, whatever number of others is founded.
 */
export const PINGS_RESERVED = 30;
