/**
 * Arithmetic on curve25519. A provider may trust what it is given: lengths are right, and `verify`
 * is only reached by signatures that `ed25519-checks.ts` let through.
 */
export type Curve25519Provider = {
  readonly name: ProviderName;
  /** The Ed25519 public key (32 bytes) of a 32-byte seed (RFC 8032 §5.1.5). */
  publicKeyOfSeed(seed: Uint8Array): Uint8Array;
  /**
   * The Ed25519 signature (64 bytes, deterministic). A provider may keep its own form of the key
   * for as long as the `seed` array lives, so the array must never change.
   */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Cofactorless verification: true when the encoding of [S]B − [k]A is R, byte by byte. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /**
   * X25519 (RFC 7748 §5): 32 bytes, or undefined when the result is all zero, which says that
   * `publicKey` was of low order.
   */
  agree(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
};

/** Where the arithmetic comes from. */
export type ProviderName = 'sodium' | 'node' | 'noble';

/**
 * u = 9, the base point of X25519: agreeing with it gives the public key of a secret (RFC 7748
 * §6.1).
 */
export function x25519BasePoint(): Uint8Array {
  const point = new Uint8Array(32);
  point[0] = 9;
  return point;
}

/**
 * True when all bytes are zero; looks at every byte, so that its time tells nothing of a secret.
 */
export function isAllZero(bytes: Uint8Array): boolean {
  let seen = 0;
  for (const byte of bytes) seen |= byte;
  return seen === 0;
}
