/** The field of a codec has the type that the author's code gives; compiled, never run. */
import type { Codec, CodecValue } from '../../runtime/codegen.ts';
import { FormatJson } from '../generated/formats.ts';
import type { JsonValue } from '../schemas/codecs.ts';

export const fits = new FormatJson({ value: { list: [1, 'two', null] } });
export const given: JsonValue = fits.value;

// @ts-expect-error: a function is no JSON
export const refused = new FormatJson({ value: () => 1 });

const clock = {
  decode: (milliseconds: bigint) => new URL(`time:${milliseconds}`),
  encode: (at: URL) => BigInt(at.pathname),
} satisfies Codec<URL, bigint>;
export const value: CodecValue<typeof clock> = new URL('time:1');

// @ts-expect-error: what decodes a number does not decode a big one
export const mismatch: Codec<URL, number> = clock;
