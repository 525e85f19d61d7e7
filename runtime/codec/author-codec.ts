/** What the author of a schema writes for a `codec` of it. */

/**
 * Makes values of what is on the wire, the carrier, and back. Both may throw: while decoding that
 * is a `DecodeError` and the message is dropped, while encoding an `EncodeError`.
 */
export type Codec<Value, Carrier> = {
  decode(carrier: Carrier): Value;
  encode(value: Value): Carrier;
};

/** The type of a codec's values. */
export type CodecValue<C> = C extends { decode(carrier: never): infer Value } ? Value : never;
