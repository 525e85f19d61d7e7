/**
 * As much of DER (ITU-T X.690) as the keys of the legacy curves need: definite, minimal lengths.
 */
import { concatBytes } from '../base/bytes.ts';

/** One element: its tag, where its content lies, and where the next one starts. */
export type DerElement = {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly end: number;
};

/** Tags used in keys. */
export const DER_TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  sequence: 0x30,
  /** Context-specific, constructed: the optional fields of an ECPrivateKey. */
  parameters: 0xa0,
  publicKey: 0xa1,
} as const;

/**
 * The longest key has 241 bytes; two bytes of length leave room for RSA keys, which are named when
 * refused.
 */
const LENGTH_BYTES_MAX = 2;

/** The element that starts at `at`, or undefined when there is none that is whole. */
export function readDer(bytes: Uint8Array, at: number): DerElement | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count < 1 || count > LENGTH_BYTES_MAX) return undefined;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + index] ?? 0);
    // A length that fits fewer bytes is BER, not DER.
    if (length < (count === 1 ? 0x80 : 0x100)) return undefined;
    start += count;
  }
  const end = start + length;
  return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end };
}

/** The elements that fill `bytes` exactly, or undefined when something does not fit. */
export function readDerAll(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = readDer(bytes, at);
    if (element === undefined) return undefined;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

/** An element of the given tag around the parts. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return concatBytes(Uint8Array.from(header), content);
}

/** An object identifier as dotted numbers; of malformed ones, what can be read of them. */
export function printObjectId(content: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}
