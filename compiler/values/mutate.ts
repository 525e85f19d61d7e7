/** Bytes that were valid → bytes that nearly are: what tells hostile inputs from noise. */
import type { Chance } from './chance.ts';

/** A part of the bytes that means something: a field, an element, a length with what it counts. */
export type Span = {
  readonly offset: number;
  readonly length: number;
  /** Bytes at its start that are one number: an integer, a length or a count. */
  readonly lead: 0 | 1 | 2 | 4 | 8;
};

/** Bytes and what is known of them. */
export type Sample = { readonly bytes: Uint8Array; readonly spans: readonly Span[] };

/** What inputs are made from. */
export type Material = {
  /** Not empty. */
  readonly samples: readonly Sample[];
  /** Words of the language, which random bytes would never hit; none unless given. */
  readonly words?: readonly Uint8Array[];
};

/** An input is changed in at most this many places. */
const CHANGES_MAX = 4;

/** More than this is added nowhere: long inputs are slow and find little that short ones do not. */
const ADDED_MAX = 64;

/** One of many is noise from beginning to end. */
const NOISE_ONE_IN = 16;

/** An input made from one of the samples: as it is, changed in a few places, or noise. */
export function mutate({ samples, words = [] }: Material, chance: Chance): Uint8Array {
  if (chance.oneIn(NOISE_ONE_IN)) return noise(words, chance);
  const { bytes, spans } = chance.pick(samples);
  let input = bytes;
  for (let left = chance.below(CHANGES_MAX + 1); left > 0; left--) {
    // Spans count from the start of the sample: behind an insertion they are as good as any others.
    input = chance.pick(CHANGES)({ input, spans, samples, words, chance });
  }
  return input;
}

function noise(words: readonly Uint8Array[], chance: Chance): Uint8Array {
  if (words.length === 0 || chance.oneIn(4)) return chance.bytes(chance.below(120));
  return joined(...Array.from({ length: chance.below(40) }, () => chance.pick(words)));
}

type Change = (parts: {
  readonly input: Uint8Array;
  readonly spans: readonly Span[];
  readonly samples: readonly Sample[];
  readonly words: readonly Uint8Array[];
  readonly chance: Chance;
}) => Uint8Array;

const CHANGES: readonly Change[] = [
  // One bit.
  ({ input, chance }) =>
    written(input, chance.below(input.length), (byte) => byte ^ (1 << chance.below(8))),
  // One byte at the edge of something.
  ({ input, chance }) => written(input, chance.below(input.length), () => chance.pick(EDGE_BYTES)),
  // A number, mostly one that counts what follows.
  setNumber,
  setNumber,
  // Cut off.
  ({ input, spans, chance }) => input.subarray(0, placeIn(input, spans, chance)),
  // Longer.
  ({ input, words, chance }) => joined(input, filler(words, chance)),
  // Without a part.
  ({ input, spans, chance }) => {
    const { offset, length } = partOf(input, spans, chance);
    return joined(input.subarray(0, offset), input.subarray(offset + length));
  },
  // A part again, once or often.
  ({ input, spans, chance }) => {
    const { offset, length } = partOf(input, spans, chance);
    const part = input.subarray(offset, offset + Math.min(length, ADDED_MAX));
    const count = chance.oneIn(4) ? 1 + chance.below(40) : 1;
    const copies = Array.from({ length: count }, () => part);
    return joined(input.subarray(0, offset), ...copies, input.subarray(offset));
  },
  // Two parts in each other's place.
  ({ input, spans, chance }) => {
    const [one, other] = [partOf(input, spans, chance), partOf(input, spans, chance)].sort(
      (a, b) => a.offset - b.offset,
    );
    if (one === undefined || other === undefined) return input;
    const end = one.offset + one.length;
    if (end > other.offset) return input;
    return joined(
      input.subarray(0, one.offset),
      input.subarray(other.offset, other.offset + other.length),
      input.subarray(end, other.offset),
      input.subarray(one.offset, end),
      input.subarray(other.offset + other.length),
    );
  },
  // The head of one and the tail of another.
  ({ input, spans, samples, chance }) => {
    const other = chance.pick(samples);
    const head = input.subarray(0, placeIn(input, spans, chance));
    return joined(head, other.bytes.subarray(placeIn(other.bytes, other.spans, chance)));
  },
  // Something in between.
  ({ input, spans, words, chance }) => {
    const at = placeIn(input, spans, chance);
    return joined(input.subarray(0, at), filler(words, chance), input.subarray(at));
  },
  // Something else in its place.
  ({ input, spans, words, chance }) => {
    const { offset, length } = partOf(input, spans, chance);
    const [front, behind] = [input.subarray(0, offset), input.subarray(offset + length)];
    return joined(front, filler(words, chance), behind);
  },
];

const EDGE_BYTES = [0x00, 0x01, 0x02, 0x7f, 0x80, 0x81, 0xc0, 0xfe, 0xff] as const;

/** Writes a number where one stands, or anywhere: extreme, or just about what is left behind it. */
function setNumber({ input, spans, chance }: Parameters<Change>[0]): Uint8Array {
  const numbers = spans.filter(({ lead }) => lead > 0);
  const known = numbers.length > 0 && !chance.oneIn(5) ? chance.pick(numbers) : undefined;
  const offset = known?.offset ?? chance.below(input.length + 1);
  const size = known?.lead ?? chance.pick([1, 2, 4, 8] as const);
  if (size === 0 || offset + size > input.length) return input;
  const copy = input.slice();
  const view = new DataView(copy.buffer);
  const bits = BigInt(8 * size);
  const left = BigInt(input.length - offset - size);
  const nearby = [left, left - 1n, left + 1n, left / 2n, BigInt(known?.length ?? 0)];
  const extreme = [
    0n,
    1n,
    (1n << bits) - 1n,
    (1n << bits) - 2n,
    1n << (bits - 1n),
    (1n << (bits - 1n)) - 1n,
  ];
  let value = BigInt.asUintN(Number(bits), chance.pick(chance.oneIn(2) ? nearby : extreme));
  // Arrays count from the other end.
  const isLittleEndian = chance.oneIn(8);
  for (let at = 0; at < size; at++) {
    view.setUint8(offset + (isLittleEndian ? at : size - 1 - at), Number(value & 0xffn));
    value >>= 8n;
  }
  return copy;
}

function written(input: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const byte = input[at];
  if (byte === undefined) return input;
  const copy = input.slice();
  copy[at] = change(byte);
  return copy;
}

/** Where something begins or ends, or just anywhere. */
function placeIn(input: Uint8Array, spans: readonly Span[], chance: Chance): number {
  if (spans.length === 0 || chance.oneIn(3)) return chance.below(input.length + 1);
  const { offset, length } = chance.pick(spans);
  return Math.min(input.length, chance.oneIn(2) ? offset : offset + length);
}

function partOf(
  input: Uint8Array,
  spans: readonly Span[],
  chance: Chance,
): { readonly offset: number; readonly length: number } {
  if (spans.length === 0 || chance.oneIn(4)) {
    const offset = chance.below(input.length + 1);
    return { offset, length: chance.below(Math.min(ADDED_MAX, input.length - offset) + 1) };
  }
  const { offset, length } = chance.pick(spans);
  const start = Math.min(offset, input.length);
  return { offset: start, length: Math.min(length, input.length - start) };
}

function filler(words: readonly Uint8Array[], chance: Chance): Uint8Array {
  if (words.length > 0 && !chance.oneIn(8)) return chance.pick(words);
  const size = 1 + chance.below(chance.oneIn(8) ? ADDED_MAX : 4);
  return chance.oneIn(2) ? chance.bytes(size) : new Uint8Array(size).fill(chance.pick(EDGE_BYTES));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
