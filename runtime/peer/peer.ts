/**
 * Who a peer is: a key and its name. Where it is, and whether it lives, is a contact's business
 * (`network/`).
 */
import { toBase64, toHex } from '../base/bytes.ts';
import type { Brand } from '../base/brand.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { sha1 } from '../crypto/hashes.ts';

/** SHA-1 of a public key's bytes: the 20 bytes that name a peer. */
export type Mid = Brand<Uint8Array, 'Mid'>;

/** A peer, immutable. Two are the same when their `id` is. */
export type Peer = {
  readonly publicKey: PublicKey;
  readonly mid: Mid;
  /** The mid in hexadecimal: the key of maps. */
  readonly id: string;
};

/** The peers of keys that still live: a key that is kept is hashed once. BOUNDED by the keys. */
const peerOf = new WeakMap<PublicKey, Peer>();

export function createPeer(publicKey: PublicKey): Peer {
  const known = peerOf.get(publicKey);
  if (known !== undefined) return known;
  const mid = sha1(publicKey.bytes) as Mid;
  const peer = { publicKey, mid, id: toHex(mid) };
  peerOf.set(publicKey, peer);
  return peer;
}

/** The mid as py-ipv8 prints it: base64. */
export function printMid(mid: Mid): string {
  return toBase64(mid);
}
