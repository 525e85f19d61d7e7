/** Sizes of datagrams and packets, each with its reason. */

/**
 * What an Ethernet frame's 1,500 bytes leave behind an IPv4 (20) and a UDP (8) header: more would
 * be fragmented. Beyond it: refused with `too-large`.
 */
export const DATAGRAM_BYTES_MAX_IPV4 = 1_472;

/**
 * As for IPv4, behind an IPv6 header (40). Beyond it: refused with `too-large`.
 */
export const DATAGRAM_BYTES_MAX_IPV6 = 1_452;

/** Zero byte, version and community id: what says which overlay a packet is for. */
export const PREFIX_BYTES = 22;

/** Prefix and message id: a shorter datagram says nothing. */
export const PACKET_BYTES_MIN = PREFIX_BYTES + 1;

/**
 * Bytes sent for each byte that came from an address where nobody ever answered us: whoever forges
 * a source could else make us send more to it than the forger sends (as RFC 9000 §8.1). Beyond it:
 * it counts as started by us.
 */
export const REPLY_BYTES_PER_BYTE_MAX = 3;

/**
 * Bytes that we start to send to such an address, beyond replies, within `SEND_WINDOW_MS`: walks and
 * first questions of several overlays, and retries; some eighty packets. Beyond it: refused, until
 * the window has passed or something came from there.
 */
export const STARTED_BYTES_PER_TARGET_MAX = 16_384;

/** How long what went to and came from an address is remembered at least, in milliseconds. */
export const SEND_WINDOW_MS = 10_000;

/**
 * Bytes that we start to send to all such addresses together: some 300 requests a second, and a
 * bootstrap of many overlays at once. Beyond it: refused.
 */
export const STARTED_BYTES_PER_SECOND_MAX = 65_536;

/** As many of these bytes at once, after a rest. Beyond it: refused. */
export const STARTED_BYTES_BURST_MAX = 524_288;

/**
 * Addresses without an answer of which it is remembered how much came and went; twice as many,
 * since the last window's are kept too. Beyond it: a new window begins, which forgets the oldest;
 * the budget of all together still holds.
 */
export const UNANSWERED_ADDRESSES_MAX = 4_096;
