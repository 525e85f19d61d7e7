/** Curve25519 by the OpenSSL inside Node. */
import type * as NodeCrypto from 'node:crypto';
import { concatBytes, fromHex, toBase64 } from '../../base/bytes.ts';
import { isAllZero } from '../curve25519-provider.ts';
import type { Curve25519Provider } from '../curve25519-provider.ts';
import { createKeyCache } from '../key-cache.ts';
import type { KeyCache } from '../key-cache.ts';
import { printPem } from '../pem.ts';

/** PKCS #8 (RFC 8410 §7) up to the 32 bytes of the key. */
const PKCS8_ED25519 = fromHex('302e020100300506032b657004220420');
const PKCS8_X25519 = fromHex('302e020100300506032b656e04220420');
const KEY_SIZE = 32;

/**
 * Importing a key costs as much as a tenth of a verification up to a whole one: imported keys are
 * kept.
 */
type Keys = {
  readonly public: KeyCache<NodeCrypto.KeyObject>;
  /** Kept exactly as long as the array that holds the secret. */
  readonly private: WeakMap<Uint8Array, NodeCrypto.KeyObject>;
};

/** The provider over `node:crypto`, which the caller imported. */
export function createNodeProvider(crypto: typeof NodeCrypto): Curve25519Provider {
  const keys: Keys = { public: createKeyCache(), private: new WeakMap() };
  const importPrivate = (secret: Uint8Array, prefix: Uint8Array): NodeCrypto.KeyObject => {
    const known = keys.private.get(secret);
    if (known !== undefined) return known;
    const key = crypto.createPrivateKey(printPem('PRIVATE KEY', concatBytes(prefix, secret)));
    keys.private.set(secret, key);
    return key;
  };
  return {
    name: 'node',
    publicKeyOfSeed(seed) {
      const key = crypto.createPublicKey(importPrivate(seed, PKCS8_ED25519));
      // SubjectPublicKeyInfo ends with the 32 bytes of the key (RFC 8410 §4).
      return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(-KEY_SIZE));
    },
    sign: (seed, message) =>
      new Uint8Array(crypto.sign(null, message, importPrivate(seed, PKCS8_ED25519))),
    verify(publicKey, message, signature) {
      let key = keys.public.get(publicKey);
      if (key === undefined) {
        key = importPublic(crypto, 'Ed25519', publicKey);
        keys.public.set(publicKey, key);
      }
      return crypto.verify(null, message, key, signature);
    },
    agree(secret, publicKey) {
      try {
        const shared = crypto.diffieHellman({
          privateKey: importPrivate(secret, PKCS8_X25519),
          publicKey: importPublic(crypto, 'X25519', publicKey),
        });
        return isAllZero(shared) ? undefined : new Uint8Array(shared);
      } catch {
        // OpenSSL reports a failed derivation for an all-zero result.
        return undefined;
      }
    },
  };
}

/** As a JSON Web Key (RFC 8037): ten times faster than DER. Any 32 bytes are taken. */
function importPublic(
  crypto: typeof NodeCrypto,
  curve: 'Ed25519' | 'X25519',
  bytes: Uint8Array,
): NodeCrypto.KeyObject {
  const x = toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return crypto.createPublicKey({ key: { kty: 'OKP', crv: curve, x }, format: 'jwk' });
}
