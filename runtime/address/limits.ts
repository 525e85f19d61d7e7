/**
 * IPv4 addresses of which one object serves all who name them. More than a node talks to in an hour,
 * and than a simulated world of ten thousand has; a place takes 8 bytes, an address about 150. Beyond
 * it: one that meets another at its place takes it, and the other is made anew when it comes again.
 */
export const SHARED_ADDRESSES_MAX = 65_536;
