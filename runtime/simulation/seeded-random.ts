import { assert } from '../base/assert.ts';
import { sha256 } from '../crypto/hashes.ts';
import type { Random } from '../env/random.ts';

const BOUND_MAX = 2 ** 48;

/**
 * A stream of chance that is the same for the same seed and label, on every machine, and unlike
 * that of any other label. xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it) started from
 * SHA-256 of both. Predictable: for simulated worlds only.
 */
export function createSeededRandom(seed: number, label: string): Random {
  const next = xoshiro128(sha256(new TextEncoder().encode(`${seed} ${label}`)));
  return {
    bytes(size) {
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 4) {
        const word = next();
        for (let byte = 0; byte < 4 && at + byte < size; byte++)
          bytes[at + byte] = word >>> (8 * byte);
      }
      return bytes;
    },
    below(bound) {
      const isWhole = Number.isSafeInteger(bound) && bound >= 1 && bound <= BOUND_MAX;
      assert(isWhole, 'a random number below something else than 1 to 2^48');
      // Numbers from the last, incomplete run of `bound` would make the small ones likelier.
      const limit = BOUND_MAX - (BOUND_MAX % bound);
      for (;;) {
        const drawn = (next() >>> 16) * 2 ** 32 + next();
        if (drawn < limit) return drawn % bound;
      }
    },
  };
}

/**
 * Draws whole numbers in 0 … 2^32 − 1. The state is the first 16 bytes of `start`, which SHA-256
 * never makes all zero.
 */
function xoshiro128(start: Uint8Array): () => number {
  const view = new DataView(start.buffer, start.byteOffset);
  let [a, b, c, d] = [view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12)];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
