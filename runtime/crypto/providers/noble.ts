/** Curve25519 in plain TypeScript: slow (some 20 times node:crypto), but at home everywhere. */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../../base/bytes.ts';
import { isAllZero } from '../curve25519-provider.ts';
import type { Curve25519Provider } from '../curve25519-provider.ts';

const { Point } = ed25519;
const GROUP_ORDER = Point.Fn.ORDER;
const POINT_SIZE = 32;

/** The provider over `@noble/curves`; there is nothing to load or keep. */
export function createNobleProvider(): Curve25519Provider {
  return {
    name: 'noble',
    publicKeyOfSeed: (seed) => ed25519.getPublicKey(seed),
    sign: (seed, message) => ed25519.sign(message, seed),
    verify,
    agree,
  };
}

/**
 * noble's own `verify` multiplies by the cofactor and so accepts signatures with a small-order part
 * in R or A that libsodium refuses. Hence the equation is worked out here: R = [S]B − [k]A.
 */
function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const encodedR = signature.subarray(0, POINT_SIZE);
  const negatedA = negatedPoint(publicKey);
  if (negatedA === undefined) return false;
  const s = littleEndian(signature.subarray(POINT_SIZE));
  const k = littleEndian(sha512(concatBytes(encodedR, publicKey, message))) % GROUP_ORDER;
  // Nothing here is secret, so the faster multiplications of varying time will do.
  const expectedR = Point.BASE.multiplyUnsafe(s).add(negatedA.multiplyUnsafe(k));
  return equalBytes(expectedR.toBytes(), encodedR);
}

/** −A, or undefined when the bytes are no point of the curve. */
function negatedPoint(encoded: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(encoded).negate();
  } catch {
    return undefined;
  }
}

function agree(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  try {
    const shared = x25519.scalarMult(secret, publicKey);
    return isAllZero(shared) ? undefined : shared;
  } catch {
    // noble throws for what is an all-zero result.
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) number = (number << 8n) | BigInt(bytes[at] ?? 0);
  return number;
}
