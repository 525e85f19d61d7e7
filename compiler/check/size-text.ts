/** Sizes of packets in words. */
import type { Message } from '../ir/model.ts';
import { DATAGRAM_BUDGET, KEY_SIZES, type PacketSize } from '../ir/packet-size.ts';

/** `23 header + 76 public key + 1421 fields + 64 signature, with a key of curve25519`. */
export function aroundText({ isTimed }: Message, { around, payload, route }: PacketSize): string {
  if (route.via !== 'socket') {
    const hops = `${route.hops} ${route.hops === 1 ? 'hop' : 'hops'}`;
    return `${payload.max} fields, and ${around.max} around them in a cell of ${hops}`;
  }
  const time = isTimed ? [`8 global time`] : [];
  if (route.key === undefined) return ['23 header', ...time, `${payload.max} fields`].join(' + ');
  const { publicKey, signature } = KEY_SIZES[route.key];
  const parts = [
    '23 header',
    `${publicKey + 2} public key`,
    ...time,
    `${payload.max} fields`,
    `${signature} signature`,
  ];
  return `${parts.join(' + ')}, with a key of ${route.key}`;
}

/** What a datagram carries. */
export function budgetText(): string {
  const { ipv4, ipv6 } = DATAGRAM_BUDGET;
  return `a datagram carries ${ipv4} bytes over IPv4 and ${ipv6} over IPv6 without being cut`;
}
