/** Who we are: the one holder of a private key. Everything else signs by asking here. */
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { createPeer } from './peer.ts';
import type { Peer } from './peer.ts';

/** Ourselves as a peer, with the power to sign; the key itself cannot be got out. */
export type Identity = {
  /** What others see of us. */
  readonly peer: Peer;
  /** Our signature over the message, `peer.publicKey.signatureLength` bytes. */
  sign(message: Uint8Array): Uint8Array;
};

/** The identity of whoever holds `key`. */
export function createIdentity(crypto: Crypto, key: PrivateKey): Identity {
  return {
    peer: createPeer(key.publicKey),
    sign: (message) => crypto.sign(key, message),
  };
}
