/** What every kind of key has in common: how it is read, made and used. */
import type { Result } from '../base/result.ts';
import type { Random } from '../env/random.ts';
import type { Curve, KeyError, PrivateKey, PublicKey } from './keys.ts';

/** How forgiving a reader of keys is. */
export type KeyReading = {
  /** Read what py-ipv8 reads: bytes after the key are dropped, points may be compressed. */
  readonly compat: boolean;
};

/** One family of keys. Keys given to `sign` and `verify` are of this family. */
export type KeyForm = {
  readPublic(bytes: Uint8Array, reading: KeyReading): Result<PublicKey, KeyError>;
  readPrivate(bytes: Uint8Array, reading: KeyReading): Result<PrivateKey, KeyError>;
  generate(curve: Curve, random: Pick<Random, 'bytes'>): Result<PrivateKey, KeyError>;
  sign(key: PrivateKey, message: Uint8Array): Uint8Array;
  verify(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean;
};
