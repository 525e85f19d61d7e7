/** Sizes of datagrams and packets, each with its reason. */

/**
 * What an Ethernet frame's 1,500 bytes leave behind an IPv4 (20) and a UDP (8) header: more would
 * be fragmented.
 */
export const DATAGRAM_BYTES_MAX_IPV4 = 1_472;

/** As for IPv4, behind an IPv6 header (40). */
export const DATAGRAM_BYTES_MAX_IPV6 = 1_452;

/** Zero byte, version and community id: what says which overlay a packet is for. */
export const PREFIX_BYTES = 22;

/** Prefix and message id: a shorter datagram says nothing. */
export const PACKET_BYTES_MIN = PREFIX_BYTES + 1;
