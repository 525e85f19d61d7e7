/**
 * IPv4 addresses of which one object serves all who name them. More than a node talks to in an hour,
 * and than a simulated world of ten thousand has; a place takes 8 bytes, an address about 150. BOUNDED
 * by its place: one that meets another at its place takes it.
 */
export const SHARED_ADDRESSES_MAX = 2 ** 16;
