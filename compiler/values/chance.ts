/** Chance by seed, as cheap as can be: a run of the fuzzer draws hundreds of millions of times. */
export type Chance = {
  /** A whole number from 0 to `bound` − 1; `bound` is at most 2^32. */
  below(bound: number): number;
  oneIn(count: number): boolean;
  /** @throws Error for an empty list. */
  pick<T>(list: readonly T[]): T;
  bytes(size: number): Uint8Array;
};

/** The stream of one case: the same for the same seed, label and number, on every machine. */
export function createChance(seed: number, label: string, number: number): Chance {
  const next = sfc32(seed, hashOf(label), number);
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    bytes(size) {
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at++) bytes[at] = next() >>> 24;
      return bytes;
    },
  };
}

/** 32 bits of FNV-1a over the text's UTF-16 units. */
export function hashOf(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return state >>> 0;
}

/** The generator sfc32 of PractRand (https://pracrand.sourceforge.net), without its last rounds of mixing. */
function sfc32(seed: number, label: number, number: number): () => number {
  let [a, b, c, counter] = [seed | 0, label | 0, number | 0, 1];
  // Seeds and numbers are small and alike: what tells them apart has to spread first.
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
