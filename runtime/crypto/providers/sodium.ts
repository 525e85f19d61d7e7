/**
 * Curve25519 by libsodium, through the optional package `sodium-native`: the fastest of the three.
 */
import { isAllZero } from '../curve25519-provider.ts';
import type { Curve25519Provider } from '../curve25519-provider.ts';

/**
 * What is used of sodium-native, which comes without types. Results are written to the first
 * argument.
 */
type Sodium = {
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
  /** Throws when a length is wrong. */
  crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean;
  /** Throws when the result is all zero. */
  crypto_scalarmult(shared: Uint8Array, secret: Uint8Array, publicKey: Uint8Array): void;
};

/** An Ed25519 key as libsodium wants it: seed ‖ public key. */
const SECRET_KEY_SIZE = 64;

/**
 * The provider, or undefined where sodium-native was not installed or has no build for the machine:
 * it is an optional dependency.
 */
export async function loadSodiumProvider(): Promise<Curve25519Provider | undefined> {
  // Not a literal, so that bundlers do not insist on finding it.
  const name: string = 'sodium-native';
  try {
    const loaded: unknown = await import(name);
    return createSodiumProvider(loaded);
  } catch {
    return undefined;
  }
}

/** The provider over sodium-native, or undefined when what was loaded is something else. */
export function createSodiumProvider(loaded: unknown): Curve25519Provider | undefined {
  const sodium = asSodium(loaded);
  if (sodium === undefined) return undefined;
  /** BOUNDED by our own keys. */
  const secretKeys = new WeakMap<Uint8Array, Uint8Array>();
  const secretKeyOf = (seed: Uint8Array): Uint8Array => {
    const known = secretKeys.get(seed);
    if (known !== undefined) return known;
    const secretKey = new Uint8Array(SECRET_KEY_SIZE);
    sodium.crypto_sign_seed_keypair(new Uint8Array(32), secretKey, seed);
    secretKeys.set(seed, secretKey);
    return secretKey;
  };
  return {
    name: 'sodium',
    publicKeyOfSeed: (seed) => secretKeyOf(seed).slice(32),
    sign(seed, message) {
      const signature = new Uint8Array(64);
      sodium.crypto_sign_detached(signature, message, secretKeyOf(seed));
      return signature;
    },
    verify: (publicKey, message, signature) =>
      sodium.crypto_sign_verify_detached(signature, message, publicKey),
    agree(secret, publicKey) {
      const shared = new Uint8Array(32);
      try {
        sodium.crypto_scalarmult(shared, secret, publicKey);
      } catch {
        return undefined;
      }
      return isAllZero(shared) ? undefined : shared;
    },
  };
}

/** The module or its default export (it is CommonJS), if the functions are there. */
function asSodium(loaded: unknown): Sodium | undefined {
  const functions: readonly (keyof Sodium)[] = [
    'crypto_sign_seed_keypair',
    'crypto_sign_detached',
    'crypto_sign_verify_detached',
    'crypto_scalarmult',
  ];
  const outer = asRecord(loaded);
  const candidates = [outer, asRecord(outer['default'])];
  const found = candidates.find((module) =>
    functions.every((name) => typeof module[name] === 'function'),
  );
  return found as Sodium | undefined;
}

function asRecord(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
