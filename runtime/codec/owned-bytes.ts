/** Bytes of a message that outlive the datagram they came in. */

/** Up to here V8 keeps an array's memory inside its heap, which takes a fifth of the time. */
export const SMALL_BYTES_MAX = 64;

/**
 * One copy of a message from `start` on, for all its longer byte strings: an array with memory of its
 * own costs more than reading most messages. Whoever keeps one of them keeps what stands behind the
 * first of them too, a datagram's worth at most.
 */
export class SharedCopy {
  readonly #start: number;
  readonly #copy: Uint8Array;

  constructor(bytes: Uint8Array, start: number) {
    this.#start = start;
    this.#copy = bytes.slice(start);
  }

  view(from: number, to: number): Uint8Array {
    return this.#copy.subarray(from - this.#start, to - this.#start);
  }
}

/** The same bytes as a plain array: a `Buffer` would give views where an array gives copies. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
