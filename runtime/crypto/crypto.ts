/** What the runtime asks of cryptography; made by `createCrypto`. */
import type { Result } from '../base/result.ts';
import type { KeyError, KeyLevel, PrivateKey, PublicKey } from './keys.ts';

export type Crypto = {
  /** Which provider does curve25519: `sodium`, `node` or `noble`. */
  readonly provider: string;
  /** A new key from the secure source. */
  generateKey(level: KeyLevel): Result<PrivateKey, KeyError>;
  /**
   * Reads a public key, which holds a copy of its bytes; trailing bytes are refused unless `compat`, where they are dropped as
   * py-ipv8 does.
   */
  publicKey(
    bytes: Uint8Array,
    options?: { readonly compat?: boolean },
  ): Result<PublicKey, KeyError>;
  privateKey(
    bytes: Uint8Array,
    options?: { readonly compat?: boolean },
  ): Result<PrivateKey, KeyError>;
  /** The signature over `message`, exactly `key.publicKey.signatureLength` bytes. */
  sign(key: PrivateKey, message: Uint8Array): Uint8Array;
  /** Never throws: a malformed signature is a wrong one. */
  verify(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean;
};
