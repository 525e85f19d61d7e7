/** Diffie–Hellman with the X25519 half of a curve25519 key, as the tunnels of py-ipv8 do it. */
import { hsalsa } from '@noble/ciphers/salsa.js';
import type { PrivateKey } from './keys.ts';

/** What a crypto can do besides signing; `createCrypto` gives both. */
export type KeyAgreement = {
  /**
   * X25519 (RFC 7748) of our secret and their 32 bytes. Undefined when there is nothing to agree
   * on: our key is not a curve25519 one, theirs has another length, or it is of low order.
   */
  agree(key: PrivateKey, theirKey: Uint8Array): Uint8Array | undefined;
};

/** The constant of the Salsa20 family. */
const SIGMA = 'expand 32-byte k';

/**
 * HSalsa20 of an agreed secret with a nonce of zeros: NaCl's `crypto_box_beforenm`, and the secret
 * from which tunnels take their session keys (py-ipv8 3.2
 * ipv8/messaging/anonymization/crypto.py:368-380).
 */
export function boxKey(agreed: Uint8Array): Uint8Array {
  // noble wants the memory seen as words, in whatever order the host keeps bytes.
  const words = new Uint32Array(agreed.slice().buffer);
  const sigma = new Uint32Array(new TextEncoder().encode(SIGMA).buffer);
  const hashed = new Uint32Array(words.length);
  hsalsa(sigma, words, new Uint32Array(4), hashed);
  return new Uint8Array(hashed.buffer);
}
