/**
 * The tag byte in front of an `ip` or `address` field.
 * Source: py-ipv8 3.2 ipv8/messaging/serialization.py:241-297.
 */
export const ADDRESS_TAG = { ipv4: 1, domain: 2, ipv6: 3 } as const;
