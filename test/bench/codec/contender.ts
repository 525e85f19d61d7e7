/** A codec that is measured, in a process of its own: what one leaves in V8's feedback slows no other. */
import type { MessageName } from './messages.ts';

/** What a codec does with the variants of one message. */
export type MessageCodec = {
  /** Bytes of variant `at`, in memory that belongs to the caller. */
  readonly encode: (at: number) => Uint8Array;
  /** The same in memory that is used again for the next one, or shared. Gives the length. */
  readonly encodeInto?: (at: number) => number;
  /** What the bytes say; byte strings may share their memory. */
  readonly decode: (bytes: Uint8Array) => unknown;
  /** The value that went in, of what came out: held against the variant before anything is measured. */
  readonly plain: (decoded: never) => unknown;
  /** Byte strings of what `decode` gives are views of the bytes it was given. */
  readonly isAliasing: boolean;
};

/** A codec under its name. */
export type Contender = {
  readonly versions: Readonly<Record<string, string>>;
  readonly codecs: Readonly<Partial<Record<MessageName, MessageCodec>>>;
};

/** What is measured. */
export const OPERATIONS = ['encode', 'encodeInto', 'decode', 'decodeOwned'] as const;
export type Operation = (typeof OPERATIONS)[number];
