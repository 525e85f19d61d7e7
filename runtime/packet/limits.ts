/** Sizes of packets, each with its reason. */

/**
 * The largest payload of a UDP datagram over IPv4: 65,535 less 20 bytes of IP header and 8 of UDP
 * (RFC 768, RFC 791). Whether a path carries that much is for the endpoint to know. Beyond it:
 * refused with `too-large`.
 */
export const DATAGRAM_BYTES_MAX = 65_507;
