/** A schema that is being put together, before its declarations have their names. */
import type { Span } from '../../source/span.ts';

export type Draft = StructDraft | CodecDraft | CommunityDraft;

type Drafted = {
  /** Names to try, the best first. */
  readonly names: readonly string[];
  readonly doc: readonly string[];
  /** What of Python it is made from. */
  readonly origin: Span;
};

export type StructDraft = Drafted & {
  readonly kind: 'struct';
  readonly fields: readonly FieldDraft[];
};

export type CodecDraft = Drafted & {
  readonly kind: 'codec';
  readonly carrier: string;
};

export type CommunityDraft = Drafted & {
  readonly kind: 'community';
  readonly isAbstract: boolean;
  /** `hex"…"`; undefined for what it shares with its parent, or has not. */
  readonly identity: string | undefined;
  readonly version: number;
  readonly parent: CommunityDraft | undefined;
  readonly messages: readonly MessageDraft[];
};

export type MessageDraft = Drafted & {
  readonly kind: 'message';
  readonly id: number;
  readonly auth: 'signed' | 'unsigned';
  readonly isTimed: boolean;
  /** Empty for the default. */
  readonly via: readonly string[];
  readonly fields: readonly FieldDraft[];
};

export type FieldDraft = {
  readonly name: string;
  readonly type: TypeText;
  /** `0x59` of `const tag: u8 = 0x59`. */
  readonly constant?: string;
  readonly doc?: string;
};

/** A type as text, in which declarations stand for their names. */
export type TypeText = readonly (string | StructDraft | CodecDraft)[];
