/** Why bytes could not be read. One word each, so that drops can be counted by it. */
export type DecodeReason =
  | 'too-short' // a field reaches beyond the bytes there are
  | 'trailing-bytes' // bytes are left after the last field, or after the last field of a frame
  | 'bad-bool' // a bool that is neither 0 nor 1
  | 'bad-text' // text that is not UTF-8
  | 'bad-address' // an address tag nobody defined, or one not allowed here
  | 'bad-constant' // a constant field with another value
  | 'bad-value' // an author's codec refused what it was given
  | 'unknown-variant' // a union's tag that the schema does not give to a struct
  | 'out-of-bounds'; // a length, count or value outside what the schema allows

/**
 * Bytes from outside do not fit the message. Thrown inside codecs only and caught in `decode.ts`.
 * `offset` counts from the start of the bytes given to `decode`; `field` is the way to the field by
 * the schema's names (`nodes[3].public_key`), or `end` of bytes behind the last one.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly reason: DecodeReason;
  readonly field: string;
  readonly offset: number;
  /** The message or struct that was asked for; set where the error is caught. */
  readonly messageName: string | undefined;
  /** What is wrong, without the place. */
  readonly detail: string;

  constructor(
    reason: DecodeReason,
    where: { readonly field: string; readonly offset: number; readonly messageName?: string },
    detail: string,
  ) {
    const place =
      where.messageName === undefined ? where.field : `${where.messageName}.${where.field}`;
    // Where in our code bad bytes were noticed tells nothing, and would take ten times as long: whoever
    // sends them must not have us do that, and a message is tried as its overriding one first.
    const { stackTraceLimit } = Error;
    // Not assigned: a program may have frozen `Error`, and then the trace is made after all.
    Reflect.set(Error, 'stackTraceLimit', 0);
    super(`${place} at offset ${where.offset}: ${detail}`);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
    this.reason = reason;
    this.field = where.field;
    this.offset = where.offset;
    this.messageName = where.messageName;
    this.detail = detail;
  }
}

/**
 * A value our own side wanted to send does not fit its field. Thrown to whoever called `encode` or
 * `send`.
 */
export class EncodeError extends RangeError {
  override readonly name = 'EncodeError';
  /** The way to it by the schema's names: `nodes[3].public_key`. */
  readonly field: string;
  /** What is wrong, without the field. */
  readonly detail: string;

  constructor(field: string, detail: string) {
    super(`${field}: ${detail}`);
    this.field = field;
    this.detail = detail;
  }
}
