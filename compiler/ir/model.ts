/**
 * The resolved model: what emitters, locks and tools read. Free of syntax: names are resolved,
 * bounds are filled in, constants are evaluated. Names are unique over all modules of one model, so
 * a name is a reference.
 */
import type { WireType } from './wire-type.ts';

/** Where a declaration stands, for `@generated from` and for messages about it. */
export type Place = {
  /** Path of the schema as given to the compiler, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
};

export type Model = {
  /** In the order of their paths. */
  readonly modules: readonly Module[];
};

/** One schema file. */
export type Module = {
  readonly path: string;
  /** Paths of the modules whose declarations this one uses. */
  readonly imports: readonly string[];
  /** In the order of the file. */
  readonly declarations: readonly Declaration[];
  readonly vectors: readonly Vector[];
};

export type Declaration = Struct | Enum | Flags | Union | Codec | Community;

type Declared = {
  readonly name: string;
  /**
   * Text of the `///` comment, lines joined by `\n`, without the slashes; empty when there is none.
   */
  readonly doc: string;
  readonly place: Place;
};

export type Struct = Declared & { readonly kind: 'struct'; readonly fields: readonly Field[] };

/** Open: a number without a name is a value too. */
export type Enum = Declared & {
  readonly kind: 'enum';
  /** 8, 16 or 32 as a field; an enum used only inside `bits` has no width of its own. */
  readonly bits: 8 | 16 | 32 | undefined;
  readonly members: readonly (Declared & { readonly value: number })[];
};

/** Names of bits of one integer. Open: a bit without a name is kept. */
export type Flags = Declared & {
  readonly kind: 'flags';
  readonly bits: 8 | 16 | 32;
  /** Values are powers of two. */
  readonly members: readonly (Declared & { readonly value: number })[];
};

/** A tag, and behind it the struct that the tag stands for. Closed: other tags do not decode. */
export type Union = Declared & {
  readonly kind: 'union';
  /** Of the tag. */
  readonly bits: 8 | 16 | 32;
  readonly variants: readonly { readonly tag: number; readonly structName: string }[];
};

/** A value that code of the author's makes from what is on the wire. */
export type Codec = Declared & {
  readonly kind: 'codec';
  /** What is on the wire. */
  readonly carrier: WireType;
  /** By target (`ts`, `py`): where its code is, as in the schema, and relative to it. */
  readonly targets: Readonly<Record<string, string>>;
};

/** A value of a vector: resolved to plain data of the shape that the field's type has. */
export type VectorValue =
  | boolean
  | bigint
  | number
  | { readonly kind: 'bytes'; readonly hex: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly host: string; readonly port: number }
  | { readonly kind: 'list'; readonly items: readonly VectorValue[] }
  /** `variant` is the struct's name, for a union. */
  | {
      readonly kind: 'object';
      readonly variant: string | undefined;
      readonly entries: Readonly<Record<string, VectorValue>>;
    };

/** Recorded bytes of a struct or message; `value` is undefined for bytes that must not decode. */
export type Vector = {
  readonly name: string;
  readonly place: Place;
  /** The struct or message; `path` is of its module, since messages are unique only there. */
  readonly of: { readonly name: string; readonly path: string };
  readonly value: VectorValue | undefined;
  /** Hexadecimal, lower case. */
  readonly hex: string;
};

export type Field = Declared & {
  /** As in the schema, `snake_case`. */
  readonly type: WireType;
  /** `const tag: u8 = 0x59`: written on encode, checked by strict decoding, not in the class. */
  readonly constant: ConstantValue | undefined;
};

export type ConstantValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'bytes'; readonly hex: string };

export type Community = Declared & {
  readonly kind: 'community';
  readonly identity: Identity;
  /** The version byte of the prefix. */
  readonly version: number;
  /**
   * The community it extends by name; undefined for one that only has the introduction protocol.
   */
  readonly parent: string | undefined;
  /** Its own messages, in the order of the file. */
  readonly messages: readonly Message[];
  readonly requests: readonly Request[];
  /** Ids that its messages may not have, in the order of the file. */
  readonly reserved: readonly Reserved[];
};

/** From and to, both included. */
export type Reserved = {
  readonly from: number;
  readonly to: number;
  /** The community that may use them; undefined for ids that nobody may. */
  readonly owner: string | undefined;
};

/** Two messages of one community or its ancestors, paired by a field that both have. */
export type Request = Declared & {
  readonly request: string;
  readonly response: string;
  /** The name of the field. */
  readonly by: string;
  readonly timeoutMs: number;
  /** How often it is asked again. */
  readonly retries: number;
};

export type Identity =
  /** `communityId` is 40 hexadecimal digits, whatever form the schema used. */
  | { readonly kind: 'fixed'; readonly communityId: string }
  | { readonly kind: 'dynamic' }
  /** Shares its parent's. */
  | { readonly kind: 'inherited' }
  /** An abstract community cannot be joined. */
  | { readonly kind: 'abstract' };

export type Message = Declared & {
  readonly id: number;
  readonly auth: 'signed' | 'unsigned';
  /** True: the global time (u64) stands in front of the fields. */
  readonly isTimed: boolean;
  /** The ancestor's message that it stands in front of, under the same id. */
  readonly overrides: string | undefined;
  readonly via: readonly ('socket' | 'cell' | 'data')[];
  readonly fields: readonly Field[];
};
