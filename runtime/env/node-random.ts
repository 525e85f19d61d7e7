import { randomFillSync, randomInt } from 'node:crypto';
import { assert } from '../base/assert.ts';
import type { Random } from './random.ts';

const BOUND_MAX = 2 ** 48;

/** The operating system's secure source. */
export function createNodeRandom(): Random {
  return {
    bytes: (size) => randomFillSync(new Uint8Array(size)),
    below(bound) {
      const isWhole = Number.isSafeInteger(bound) && bound >= 1 && bound <= BOUND_MAX;
      assert(isWhole, `a random number below ${bound}`);
      // randomInt stops one short of the whole range.
      if (bound < BOUND_MAX) return randomInt(bound);
      return randomFillSync(new Uint8Array(6)).reduce((sum, byte) => sum * 256 + byte, 0);
    },
  };
}
