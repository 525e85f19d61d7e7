/** Keys by kind. The secret half is opaque: only a crypto reads it. */
import type { Brand } from '../base/brand.ts';

/** The curves of IPv8 keys; the legacy ones are named as in SEC 2. */
export type Curve =
  'curve25519' | 'sect163k1' | 'sect233k1' | 'sect409k1' | 'sect571r1' | 'sect571k1';

/** py-ipv8's names for what may be generated (py-ipv8 3.2 ipv8/keyvault/crypto.py:30-45). */
export type KeyLevel = 'very-low' | 'low' | 'medium' | 'high' | 'curve25519';

export const CURVE_OF_LEVEL: { readonly [Level in KeyLevel]: Curve } = {
  'very-low': 'sect163k1',
  low: 'sect233k1',
  medium: 'sect409k1',
  high: 'sect571r1',
  curve25519: 'curve25519',
};

/**
 * A public key as it travels. `bytes` are normalised (no trailing bytes): two keys are one when
 * their bytes are equal. curve25519: `LibNaCLPK:` ‖ X25519 key (32) ‖ Ed25519 key (32); others: DER
 * SubjectPublicKeyInfo.
 */
export type PublicKey = {
  readonly curve: Curve;
  readonly bytes: Uint8Array;
  /** Bytes of a signature by this key: 64, or twice the field size for the legacy curves. */
  readonly signatureLength: number;
};

/** A private key. `secret` is for crypto providers and key files only; never log or send it. */
export type PrivateKey = {
  readonly publicKey: PublicKey;
  readonly secret: SecretBytes;
};

/**
 * curve25519: `LibNaCLSK:` ‖ X25519 secret (32) ‖ Ed25519 seed (32); others: DER SEC 1
 * ECPrivateKey.
 */
export type SecretBytes = Brand<Uint8Array, 'SecretBytes'>;

/** Why bytes are not a key. */
export type KeyError = {
  readonly code: 'malformed' | 'trailing-bytes' | 'unsupported-curve';
  /** A sentence that says what was found and what would be accepted. */
  readonly message: string;
};
