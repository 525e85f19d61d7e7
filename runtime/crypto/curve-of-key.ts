/** The curve of a public key from a look at its first bytes, before anything dear is done with it. */
import { equalBytes } from '../base/bytes.ts';
import { looksLikeCurve25519 } from './curve25519.ts';
import type { Curve } from './keys.ts';
import { curveOf } from './legacy-der.ts';

/** Behind the outer header: the algorithm's, then id-ecPublicKey, then the header of a curve's id. */
const BEFORE_CURVE = Uint8Array.of(0x30, 0x10, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 5);
const CURVE_ID_BYTES = 5;

/**
 * Undefined of bytes that no reader of keys accepts. Other bytes may still be refused: only the
 * part that names the curve was looked at.
 */
export function curveOfKey(bytes: Uint8Array): Curve | undefined {
  if (looksLikeCurve25519(bytes)) return 'curve25519';
  // Lengths from 128 on take a byte more.
  const start = bytes[1] === 0x81 ? 3 : 2;
  const end = start + BEFORE_CURVE.length;
  if (!equalBytes(bytes.subarray(start, end), BEFORE_CURVE)) return undefined;
  return curveOf(bytes.subarray(end, end + CURVE_ID_BYTES));
}
