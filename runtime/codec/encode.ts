/** Value → bytes that belong to the caller. */
import { EncodeError } from './codec-error.ts';
import { giveBack, takeWriter } from './spare-writer.ts';
import type { Writer } from './writer.ts';

type Encodable<T> = { readonly messageName: string; encode(value: T, out: Writer): void };

/**
 * The bytes of one message or struct, without any envelope.
 * @throws EncodeError that names the message and the field whose value does not fit.
 */
export function encode<T>(type: Encodable<T>, value: T): Uint8Array {
  const writer = takeWriter();
  encodeInto(type, value, writer);
  const bytes = writer.finish();
  giveBack(writer);
  return bytes;
}

/** As `encode`, behind what the writer already holds. */
export function encodeInto<T>(type: Encodable<T>, value: T, writer: Writer): void {
  try {
    type.encode(value, writer);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw new EncodeError(`${type.messageName}.${error.field}`, error.detail);
  }
}
