/** Bytes that strict decoding refuses, each for another reason or in another field. */
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import type { Declarations } from '../../wire/declarations.ts';
import { interpret } from '../../wire/interpret.ts';
import type { Rooted } from '../../wire/roots.ts';
import type { WireError } from '../../wire/wire-node.ts';
import { createChance } from '../../values/chance.ts';
import { type JsonValue, jsonValue } from '../../values/json-value.ts';
import { mutate, type Sample } from '../../values/mutate.ts';

/** Bytes that are tried, and kept, for each message. */
const TRIED = 400;
const KEPT = 16;

export type MalformedCase = {
  readonly name: string;
  readonly bytes: string;
  readonly strict: Refusal;
  readonly compat: { readonly value: JsonValue } | Refusal;
};

/** The field by the whole way to it (`nodes[2].port`), `end` for bytes behind the last one. */
type Refusal = {
  readonly reason: WireError['reason'];
  readonly field: string;
  /** Where what does not fit begins. */
  readonly offset: number;
};

type Given = {
  readonly declarations: Declarations;
  readonly recorded: readonly { readonly name: string; readonly hex: string }[];
  /** Valid bytes. */
  readonly samples: readonly Sample[];
  readonly seed: number;
};

/** Recorded ones first, then by their offset; of bytes that fail alike, the fewest. */
export function malformedBytes(
  rooted: Rooted,
  { declarations, recorded, samples, seed }: Given,
): readonly MalformedCase[] {
  const judge = (name: string, bytes: Uint8Array): MalformedCase | undefined => {
    const strict = interpret(rooted.root, bytes, { declarations });
    if (strict.ok) return undefined;
    const tolerateTrailing = rooted.toleratesTrailing;
    const compat = interpret(rooted.root, bytes, { declarations, compat: true, tolerateTrailing });
    return {
      name,
      bytes: toHex(bytes),
      strict: refusal(strict.error),
      compat: compat.ok ? { value: jsonValue(compat.value) } : refusal(compat.error),
    };
  };
  const known = recorded.flatMap(({ hex, name }) => judge(name, fromHex(hex)) ?? []);
  if (samples.length === 0) return known;
  const drawn = new Map<string, MalformedCase>();
  for (let number = 0; number < TRIED; number++) {
    const bytes = mutate({ samples }, createChance(seed, `malformed ${rooted.name}`, number));
    const found = judge(`changed ${number}`, bytes);
    if (found === undefined) continue;
    const { strict, compat } = found;
    const place = strict.field.replace(/\[\d+\]/g, '[]');
    const alike = `${strict.reason} ${place} ${'value' in compat}`;
    const best = drawn.get(alike);
    if (best === undefined || best.bytes.length > found.bytes.length) drawn.set(alike, found);
  }
  const kept = [...drawn.values()].sort((a, b) => a.strict.offset - b.strict.offset);
  return [...known, ...spread(kept, KEPT)];
}

function refusal({ offset, path, reason }: WireError): Refusal {
  return { reason, field: path, offset };
}

/** At most `count` of them, from the first to the last. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from(
    { length: count },
    (_, at) => all[Math.floor((at * (all.length - 1)) / (count - 1))],
  ).filter((one) => one !== undefined);
}
