/** Chance of a node that asks in the place of a recorded one: it draws the identifiers recorded. */
import type { Random } from '../../../runtime/env/random.ts';
import { createTestRandom } from '../community/bench.ts';

/** What the 16 bits of an identifier are drawn from. */
const IDENTIFIERS = 65_536;

export type RecordedRandom = Random & {
  /** Identifiers that nobody has drawn yet. */
  readonly left: readonly number[];
};

/** The identifiers are drawn in their order, and no others. */
export function createRecordedRandom(identifiers: readonly number[]): RecordedRandom {
  const left = [...identifiers];
  const { below, bytes } = createTestRandom(1);
  return {
    left,
    bytes,
    below(bound) {
      if (bound !== IDENTIFIERS) return below(bound);
      const identifier = left.shift();
      if (identifier === undefined) throw new Error('asks more than was recorded');
      return identifier;
    },
  };
}
