/** The codecs that the schemas beside this file name. */
import type { Codec } from '../../runtime/codegen.ts';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** JSON in the form of Python's `json.dumps`: spaces behind `,` and `:`, ASCII only, `Infinity`. */
export const json: Codec<JsonValue, string> = {
  decode: (text) => JSON.parse(text.replaceAll(STRING_OR_INFINITY, asJson)) as JsonValue,
  encode: printJson,
};

/** The same in bytes, where the schema has no text. */
export const jsonBytes: Codec<JsonValue, Uint8Array> = {
  decode: (bytes) => json.decode(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
  encode: (value) => new TextEncoder().encode(json.encode(value)),
};

/** One more on the wire than in the message. */
export const oneMore: Codec<number, number> = {
  decode: (number) => number - 1,
  encode: (number) => number + 1,
};

const STRING_OR_INFINITY = /"(?:[^"\\]|\\.)*"|Infinity/g;

/** JSON has no infinity, but a number that is too large to be another. */
function asJson(token: string): string {
  return token === 'Infinity' ? '1e999' : token;
}

function printJson(value: JsonValue): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'string') return printString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(printJson).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, one]) => `${printString(key)}: ${printJson(one)}`,
  );
  return `{${entries.join(', ')}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function printString(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
