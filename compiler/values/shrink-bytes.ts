/** A failing input → a smaller one that fails the same way. */
import { joined } from './mutate.ts';

/** Inputs that are tried before what was found is small enough. */
const TRIES_MAX = 600;

export type Shrinking = {
  /** Whether an input still fails in the same way. */
  readonly fails: (input: Uint8Array) => Promise<boolean>;
  /** The byte that says least. */
  readonly plain: number;
};

/** Leaves out what can be left out, halves first and single bytes last, then makes the rest plain. */
export async function shrinkBytes(
  input: Uint8Array,
  { fails, plain }: Shrinking,
): Promise<Uint8Array> {
  const tries = { left: TRIES_MAX };
  let best = input;
  const attempt = async (candidate: Uint8Array): Promise<boolean> => {
    tries.left -= 1;
    if (!(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = input.length; size >= 1; size = Math.floor(size / 2)) {
    let at = 0;
    while (at < best.length && tries.left > 0) {
      const shorter = joined(best.subarray(0, at), best.subarray(at + size));
      if (!(await attempt(shorter))) at += size;
    }
  }
  for (let at = 0; at < best.length && tries.left > 0; at++) {
    if (best[at] === plain) continue;
    const plainer = best.slice();
    plainer[at] = plain;
    await attempt(plainer);
  }
  return best;
}
