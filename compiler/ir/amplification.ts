/**
 * How much larger an answer is than the question: what somebody who forges the sender's address
 * makes us send to a third party. A signature proves a key, never an address.
 */
import { type PacketSizes, routesOf, type SizedMessage } from './packet-size.ts';

/** QUIC sends no more than this to an address that has not answered (RFC 9000 §8.1). */
export const AMPLIFICATION_MAX = 3;

export type Amplification = {
  /** Bytes of the smallest request and the largest response, in one network. */
  readonly request: number;
  readonly response: number;
  /** The response over the request. */
  readonly factor: number;
};

/**
 * The worst there is with keys of curve25519 on both sides; undefined for messages that do not both
 * travel in datagrams of their own, since inside a circuit no address can be forged.
 */
export function amplificationOf(
  request: SizedMessage,
  response: SizedMessage,
  sizes: PacketSizes,
): Amplification | undefined {
  const found = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const asked = packetIn(family, request, sizes);
    const answered = packetIn(family, response, sizes);
    if (asked === undefined || answered === undefined) return [];
    const factor = answered.largest / asked.smallest;
    return [{ request: asked.smallest, response: answered.largest, factor }];
  });
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  return others.reduce((worst, one) => (one.factor > worst.factor ? one : worst), first);
}

function packetIn(family: 'ipv4' | 'ipv6', message: SizedMessage, sizes: PacketSizes) {
  const route = routesOf(message, ['curve25519']).find(
    (one) => one.via === 'socket' && one.family === family,
  );
  return route && sizes.ofMessage(message, route);
}
