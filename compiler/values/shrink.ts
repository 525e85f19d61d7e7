/** Down to a value that fails and of which no smaller one is known that does. */
import type { VectorValue } from '../ir/model.ts';

/** Values that are tried in all. */
const TRIES_MAX = 4_000;

/** Values that are asked about at once: an answer takes a while. */
const BATCH = 64;

export type ShrinkingValue = {
  /** Smaller values, the smallest first. */
  readonly smaller: (value: VectorValue) => Iterable<VectorValue>;
  /** The place of the first that fails; −1 for none. */
  readonly firstFailing: (values: readonly VectorValue[]) => Promise<number>;
};

export async function shrinkValue(
  value: VectorValue,
  { firstFailing, smaller }: ShrinkingValue,
): Promise<VectorValue> {
  let best = value;
  let left = TRIES_MAX;
  search: while (left > 0) {
    let batch: VectorValue[] = [];
    const candidates = smaller(best)[Symbol.iterator]();
    for (let next = candidates.next(); left > 0; next = candidates.next()) {
      if (next.done !== true) {
        batch.push(next.value);
        left--;
        if (batch.length < BATCH && left > 0) continue;
      }
      const found = batch[await firstFailing(batch)];
      if (found !== undefined) {
        best = found;
        continue search;
      }
      if (next.done === true) return best;
      batch = [];
    }
  }
  return best;
}
