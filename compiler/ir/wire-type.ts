/** Every shape a field can have on the wire. Resolved: names are replaced by what they name. */

/** Bits of a length or count in front of its elements. */
export type PrefixBits = 8 | 16 | 32;

/**
 * How many bytes (of `bytes`, `string`) or elements (of `list`, `array`) decoding accepts.
 * Always filled in: without a bound in the schema, 0 and the most that the prefix can say.
 */
export type Bound = {
  readonly min: number;
  readonly max: number;
  /** What encoding allows, where the schema says `send`; otherwise the same as `max`. */
  readonly sendMax: number;
  /** True when the schema states a bound; false when `max` is only the prefix's. */
  readonly isStated: boolean;
};

export type IntegerType = {
  readonly kind: 'integer';
  readonly bits: 8 | 16 | 32 | 64;
  readonly isSigned: boolean;
  /** `port: u16 1..65535`; undefined when every value is allowed. */
  readonly range: { readonly min: bigint; readonly max: bigint } | undefined;
};

export type BitsMember =
  | { readonly kind: 'flag'; readonly name: string; readonly doc: string }
  | { readonly kind: 'number'; readonly name: string; readonly doc: string; readonly bits: number }
  | {
      readonly kind: 'enum';
      readonly name: string;
      readonly doc: string;
      readonly bits: number;
      readonly enumName: string;
    }
  | { readonly kind: 'unused'; readonly bits: number };

export type WireType =
  | { readonly kind: 'bool' }
  | IntegerType
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'fixed-bytes'; readonly size: number }
  | { readonly kind: 'bytes'; readonly prefix: PrefixBits; readonly bound: Bound }
  | { readonly kind: 'string'; readonly prefix: PrefixBits; readonly bound: Bound }
  /** `count: 'rest'` runs to the end of the frame or packet. */
  | {
      readonly kind: 'list';
      readonly element: WireType;
      readonly count: PrefixBits | 'rest';
      readonly bound: Bound;
    }
  /** Little-endian, 16-bit count. */
  | { readonly kind: 'array'; readonly element: 'i64' | 'f64' | 'bool'; readonly bound: Bound }
  /** One byte; the first member is the high bit. */
  | { readonly kind: 'bits'; readonly members: readonly BitsMember[] }
  | { readonly kind: 'enum'; readonly enumName: string; readonly bits: 8 | 16 | 32 }
  /** A set of bits; those without a name are kept too. */
  | { readonly kind: 'flags'; readonly flagsName: string; readonly bits: 8 | 16 | 32 }
  /** `isInline` false: a 16-bit length stands in front. */
  | { readonly kind: 'struct'; readonly structName: string; readonly isInline: boolean }
  /** Framed as a struct is. */
  | { readonly kind: 'union'; readonly unionName: string; readonly isInline: boolean }
  /** `ipv4` 6 bytes; `ip` tag and 6 or 18; `address` also names. */
  | { readonly kind: 'address'; readonly form: 'ipv4' | 'ip' | 'address' }
  /** On the wire what the carrier is; the value is the author's code's to make. */
  | { readonly kind: 'codec'; readonly codecName: string; readonly carrier: WireType }
  | { readonly kind: 'rest' };
