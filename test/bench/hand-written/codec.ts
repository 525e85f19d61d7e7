/** A codec written by hand. */
export type HandWritten<T> = {
  /** Writes to the front of `bytes`, which are long enough for any datagram; gives the length. */
  readonly write: (message: T, bytes: Uint8Array) => number;
  /** @throws RangeError for bytes that are no such message. */
  readonly read: (bytes: Uint8Array) => T;
};
