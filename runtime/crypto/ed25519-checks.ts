/**
 * What an Ed25519 key and signature must be before any provider looks at them. Each provider misses
 * something: node:crypto takes keys of small order, sodium-native takes 65 bytes, noble is laxer on
 * R. With these checks in front all give the verdict of libsodium 1.0.18, which py-ipv8 relies on.
 */
import { fromHex } from '../base/bytes.ts';

/** Bytes of an Ed25519 public key. */
export const ED25519_KEY_SIZE = 32;
/** Bytes of an Ed25519 signature: R ‖ S. */
export const ED25519_SIGNATURE_SIZE = 64;

const POINT_SIZE = 32;

/** L, the order of the base point, little endian (RFC 8032 §5.1). */
const GROUP_ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** p = 2^255 − 19, little endian. */
const FIELD_PRIME = fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');

/**
 * The y of every encoding of a point whose order divides 8, the sign bit left out: 0, 1, the two of
 * order 8, −1, and the non-canonical twins p (of 0) and p + 1 (of 1). No other y + p fits 255 bits.
 */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(fromHex);

/**
 * True when the pair is worth verifying: right lengths, S < L, A canonical, neither A nor R of
 * small order. Says nothing of whether the signature is right.
 */
export function isPlausibleEd25519(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    publicKey.length === ED25519_KEY_SIZE &&
    signature.length === ED25519_SIGNATURE_SIZE &&
    isBelow(signature.subarray(POINT_SIZE), GROUP_ORDER) &&
    !hasSmallOrder(signature) &&
    !hasSmallOrder(publicKey) &&
    isCanonicalPoint(publicKey)
  );
}

/**
 * True when the y of an encoded point is below p, so that no other bytes stand for the same point.
 */
function isCanonicalPoint(encoded: Uint8Array): boolean {
  const y = encoded.slice(0, POINT_SIZE);
  y[POINT_SIZE - 1] = (y[POINT_SIZE - 1] ?? 0) & 0x7f;
  return isBelow(y, FIELD_PRIME);
}

/** True when the first 32 bytes encode, canonically or not, a point of order 1, 2, 4 or 8. */
function hasSmallOrder(encoded: Uint8Array): boolean {
  return SMALL_ORDER_Y.some((y) => hasY(encoded, y));
}

function hasY(encoded: Uint8Array, y: Uint8Array): boolean {
  for (let at = 0; at < POINT_SIZE - 1; at++) if (encoded[at] !== y[at]) return false;
  return ((encoded[POINT_SIZE - 1] ?? 0) & 0x7f) === y[POINT_SIZE - 1];
}

/** `number` < `bound`, both little endian and 32 bytes long. */
function isBelow(number: Uint8Array, bound: Uint8Array): boolean {
  for (let at = POINT_SIZE - 1; at >= 0; at--) {
    const difference = (number[at] ?? 0) - (bound[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
