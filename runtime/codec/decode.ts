/** Bytes → value: the only place that catches `DecodeError`. */
import { fail, ok, type Result } from '../base/result.ts';
import { DecodeError } from './codec-error.ts';
import { Reader } from './reader.ts';

type Decodable<T> = { readonly messageName: string; decode(input: Reader): T };

/**
 * Reads one message or struct from all of `bytes`; bytes left over are an error. `compat` accepts
 * what py-ipv8 accepts in payload bytes; `tolerateTrailing` leaves what follows unread.
 */
export function decode<T>(
  type: Decodable<T>,
  bytes: Uint8Array,
  options: { readonly compat?: boolean; readonly tolerateTrailing?: boolean } = {},
): Result<T, DecodeError> {
  return decodeWith(type, new Reader(bytes, options), options);
}

/** As `decode`, from a reader that may already stand behind a header. */
export function decodeWith<T>(
  type: Decodable<T>,
  reader: Reader,
  options: { readonly tolerateTrailing?: boolean } = {},
): Result<T, DecodeError> {
  try {
    const value = type.decode(reader);
    if (options.tolerateTrailing !== true) reader.finish();
    return ok(value);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { reason, field, offset, detail } = error;
    return fail(new DecodeError(reason, { field, offset, messageName: type.messageName }, detail));
  }
}
