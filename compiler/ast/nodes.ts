/**
 * The tree of a schema as readonly data. What could not be read is undefined; a diagnostic has
 * said why.
 */
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';

/** A word in its place. */
export type Name = { readonly text: string; readonly span: Span };

/** A number, or the name of a constant. */
export type Expression =
  | { readonly kind: 'integer'; readonly value: bigint; readonly span: Span }
  | { readonly kind: 'reference'; readonly text: string; readonly span: Span };

/** `"…"` with its escapes resolved. */
export type TextLiteral = { readonly text: string; readonly span: Span };

/** What a constant field or a `const` is given. */
export type Value =
  | Expression
  | { readonly kind: 'hex'; readonly text: string; readonly span: Span }
  | { readonly kind: 'text'; readonly text: string; readonly span: Span };

/** `2..8 send ..7`. */
export type BoundNode = {
  readonly kind: 'bound';
  readonly min: Expression | undefined;
  readonly max: Expression | undefined;
  readonly sendMax: Expression | undefined;
  readonly span: Span;
};

/** A type as it is written: a name and what is behind it. */
export type TypeNode = {
  readonly kind: 'type';
  readonly name: Name;
  readonly isInline: boolean;
  /** `[20]`. */
  readonly size: Expression | undefined;
  /** `<…>`; undefined without the brackets. */
  readonly parameters: readonly (TypeNode | BoundNode)[] | undefined;
  /** `bits { … }`. */
  readonly members: readonly BitsMemberNode[] | undefined;
  readonly span: Span;
};

export type BitsMemberNode = {
  /** `_` for bits that are not in use. */
  readonly name: Name;
  readonly doc: string;
  readonly enumName: Name | undefined;
  readonly size: Expression | undefined;
  readonly span: Span;
};

export type FieldNode = {
  readonly name: Name;
  readonly doc: string;
  readonly type: TypeNode | undefined;
  readonly range: BoundNode | undefined;
  readonly isConstant: boolean;
  /** True when the parser lost a part of it and has said so. */
  readonly isBroken: boolean;
  readonly value: Value | undefined;
  readonly span: Span;
};

export type MessageNode = {
  readonly kind: 'message';
  readonly name: Name;
  readonly doc: string;
  readonly id: Expression | undefined;
  /** The words in front that say so; a sound message has one. */
  readonly auth: readonly Name[];
  readonly isTimed: boolean;
  /** The ancestor's message whose id it takes over. */
  readonly overrides: Name | undefined;
  readonly via: readonly Name[];
  readonly fields: readonly FieldNode[];
  /** True when the parser lost a part of it and has said so. */
  readonly isBroken: boolean;
  readonly span: Span;
};

/** `request find(FindRequest): FindResponse by identifier timeout 2s retry 1`. */
export type RequestNode = {
  readonly kind: 'request';
  readonly name: Name;
  readonly doc: string;
  readonly request: Name | undefined;
  readonly response: Name | undefined;
  /** The field of both messages that carries the correlation id. */
  readonly by: Name | undefined;
  readonly timeout: DurationNode | undefined;
  readonly retry: Expression | undefined;
  readonly isBroken: boolean;
  readonly span: Span;
};

/** `2s` or `500ms`. */
export type DurationNode = { readonly milliseconds: number; readonly span: Span };

/** `reserved 7..10 for DhtDiscovery`: one per range. */
export type ReservedNode = {
  readonly from: Expression;
  /** The same as `from` for a single id. */
  readonly to: Expression;
  readonly owner: Name | undefined;
  readonly span: Span;
};

export type IdentityNode =
  | { readonly kind: 'hex' | 'sha1' | 'master'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'dynamic'; readonly span: Span }
  /** A form that we do not know; already reported. */
  | { readonly kind: 'broken'; readonly span: Span };

export type CommunityNode = {
  readonly kind: 'community';
  readonly name: Name;
  readonly doc: string;
  readonly isAbstract: boolean;
  readonly parent: Name | undefined;
  readonly version: Expression | undefined;
  readonly identity: IdentityNode | undefined;
  readonly messages: readonly MessageNode[];
  readonly requests: readonly RequestNode[];
  readonly reserved: readonly ReservedNode[];
  readonly span: Span;
};

export type StructNode = {
  readonly kind: 'struct';
  readonly name: Name;
  readonly doc: string;
  readonly fields: readonly FieldNode[];
  readonly span: Span;
};

export type EnumMemberNode = {
  readonly name: Name;
  readonly doc: string;
  readonly value: Expression | undefined;
  readonly span: Span;
};

/**
 * Names of numbers; of single bits where it is `flags`. A `union` gives its numbers, the tags, to
 * structs: the members have their names.
 */
export type EnumNode = {
  readonly kind: 'enum' | 'flags' | 'union';
  readonly name: Name;
  readonly doc: string;
  readonly width: Name | undefined;
  readonly members: readonly EnumMemberNode[];
  readonly span: Span;
};

export type ConstNode = {
  readonly kind: 'const';
  readonly name: Name;
  readonly doc: string;
  readonly value: Value | undefined;
  readonly span: Span;
};

/** `codec json: string<u16> via { ts: "./json.ts#json", py: "app.codecs:json" }`. */
export type CodecNode = {
  readonly kind: 'codec';
  readonly name: Name;
  readonly doc: string;
  /** What is on the wire. */
  readonly carrier: TypeNode | undefined;
  readonly targets: readonly { readonly target: Name; readonly at: TextLiteral }[];
  readonly isBroken: boolean;
  readonly span: Span;
};

export type DeclarationNode = CommunityNode | StructNode | EnumNode | ConstNode | CodecNode;

/** A value as a vector writes it. */
export type LiteralNode =
  | Value
  | { readonly kind: 'decimal'; readonly value: number; readonly span: Span }
  /** `127.0.0.1:8090` or `[::1]:8090`. A name and its port are a text. */
  | {
      readonly kind: 'address';
      readonly host: string;
      readonly port: number;
      readonly span: Span;
    }
  | { readonly kind: 'list'; readonly items: readonly LiteralNode[]; readonly span: Span }
  /** `{ identifier: 0 }`; a union's variant is `PlainValue { … }`. */
  | {
      readonly kind: 'object';
      readonly variant: Name | undefined;
      readonly entries: readonly { readonly name: Name; readonly value: LiteralNode }[];
      readonly span: Span;
    };

/** `vector "empty" StoreResponse { identifier: 0 } = hex"00000000"`, or `malformed` without a value. */
export type VectorNode = {
  readonly kind: 'vector' | 'malformed';
  readonly name: TextLiteral;
  /** The struct or message. */
  readonly of: Name;
  readonly value: LiteralNode | undefined;
  /** Hexadecimal, as written. */
  readonly bytes: TextLiteral;
  readonly span: Span;
};

/** `#allow(size/exceeds-datagram, "LAN only")` in front of a node. */
export type AllowNode = {
  readonly code: Name;
  readonly reason: TextLiteral | undefined;
  /** Of the node that it stands in front of. */
  readonly target: Span;
  readonly span: Span;
};

export type ImportNode = { readonly specifier: TextLiteral; readonly span: Span };

/** One schema. */
export type SchemaNode = {
  readonly source: Source;
  readonly imports: readonly ImportNode[];
  /** In the order of the file. */
  readonly declarations: readonly DeclarationNode[];
  readonly vectors: readonly VectorNode[];
  readonly allows: readonly AllowNode[];
};
