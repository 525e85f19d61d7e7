/** What generated code says about messages and communities, as types the runtime works with. */
import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { RequestType } from './requests.ts';

/** How a message proves its sender: a signature, or nothing. */
export type Authentication = 'signed' | 'unsigned';

/** A struct's codec: enough to encode and decode one. Generated classes are of this type. */
export type StructType<T> = {
  readonly messageName: string;
  /** @throws EncodeError when a value does not fit its field. */
  encode(value: T, out: Writer): void;
  /** @throws DecodeError, which `decode` of `ipv8/codegen` turns into a result. */
  decode(input: Reader): T;
};

/** A message's codec and its place in the protocol. */
export type MessageType<T> = StructType<T> & {
  /** The byte behind the prefix: 0–255. */
  readonly id: number;
  readonly auth: Authentication;
  /** True when the 64-bit global time stands in front of the fields. */
  readonly isTimed: boolean;
};

/** One community's wire contract. */
export type Protocol = {
  readonly name: string;
  /** 40 hexadecimal digits, or undefined when it is supplied at start (`= dynamic`). */
  readonly communityId: string | undefined;
  /** The version byte of the prefix. */
  readonly version: number;
  /** Those with a handler, by its name: the message's with a small first letter. */
  // A generated class fits `MessageType<unknown>` because methods are compared bivariantly.
  readonly messages: { readonly [handlerName: string]: MessageType<unknown> };
  /** By the handler name of the question. Answers have no handlers, so they are only here. */
  readonly requests?: { readonly [handlerName: string]: RequestType };
};

/** The class instance that a message type decodes to. */
export type MessageOf<M> = M extends { decode(input: Reader): infer T } ? T : never;
