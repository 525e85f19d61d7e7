/**
 * The most memory that the values of one decoded datagram hold: what a stranger can make us keep
 * with one packet. Garbage that decoding leaves behind is not counted, nor is what the code of a
 * codec makes.
 *
 * The costs of single values are measured on V8 of Node 20 to 24 (64 bits) and rounded up; a test
 * holds the sums against the heap.
 */
import { containedFirst, createLayout, type StructLookup, usedBy } from './layout.ts';
import type { Field, Struct, Union } from './model.ts';
import type { Bound, WireType } from './wire-type.ts';

/** The largest UDP payload over IPv4, less prefix and id: cut in pieces, it arrives all the same. */
const FIELDS_SIZE_MAX = 65_507 - 23;

/** Sixteen bytes for each that a stranger sends: what lists of small records take. */
export const DECODE_COST_MAX = 1_048_576;

/** An object without its properties, and each of them. */
const OBJECT = 24;
const SLOT = 8;

/** An array after its first element: it grows by half and 16, so 12 bytes for each element. */
const ARRAY = 176;
const ELEMENT = 12;

/** A `Uint8Array` with memory of its own, without its bytes. */
const BYTES = 224;

/** A text without its characters, which may take two bytes each. */
const TEXT = 32;
const CHARACTER = 2;

/** A number beyond 31 bits, or with a fraction, and a bigint of 64 bits. */
const HEAP_NUMBER = 16;
const BIGINT = 24;

/** The object and the text of its host. */
const ADDRESS = 112;

/** A set of all bits. */
const SET = { 8: 248, 16: 400, 32: 720 } as const;

/** Bytes on the wire that cost `rate` bytes of memory each. */
type Segment = { readonly wire: number; readonly rate: number };

/** The smallest value, and what more bytes buy, the dearest first. */
type Cost = {
  readonly wire: number;
  readonly memory: number;
  readonly segments: readonly Segment[];
};

/** More kinds of segments than this are counted as the dearest of them. */
const SEGMENTS_MAX = 16;

const NOTHING: Cost = { wire: 0, memory: 0, segments: [] };

/** The costs of the messages of a model. */
export type DecodeCosts = {
  /** Bytes of memory. */
  readonly ofFields: (fields: readonly Field[]) => number;
  /** The same by how many bytes the fields take, for whoever asks often. */
  readonly bySize: (fields: readonly Field[]) => (size: number) => number;
};

/** Each struct is looked at once. */
export function createDecodeCosts(structs: StructLookup): DecodeCosts {
  const known = new Map<string, Cost>();
  const layout = createLayout(structs, { kind: 'accepted' });
  const scope: Scope = {
    ofDeclared: (name) => known.get(name) ?? NOTHING,
    constantSize: (field) => layout.ofField(field).min,
    ofType: (type) => costOfType(type, scope),
  };
  const types = new Map<WireType, Cost>();

  function ofType(type: WireType): Cost {
    const found = types.get(type);
    if (found !== undefined) return found;
    for (const name of usedBy(type)) {
      const contained = containedFirst(name, { structs, isKnown: (one) => known.has(one) });
      for (const [one, declared] of contained) known.set(one, costOfDeclared(declared, scope));
    }
    const cost = costOfType(type, scope);
    types.set(type, cost);
    return cost;
  }

  const costOf = (fields: readonly Field[]): Cost => costOfFields(fields, { ...scope, ofType });
  return {
    ofFields: (fields) => dearest(costOf(fields), FIELDS_SIZE_MAX),
    bySize(fields) {
      const cost = costOf(fields);
      return (size) => dearest(cost, size);
    },
  };
}

/** The bytes that are left go where they cost most. */
function dearest({ memory, segments, wire }: Cost, size: number): number {
  let left = size - wire;
  let total = memory;
  for (const segment of segments) {
    if (left <= 0) break;
    const taken = Math.min(left, segment.wire);
    total += taken * segment.rate;
    left -= taken;
  }
  return Math.ceil(Math.min(total, Number.MAX_SAFE_INTEGER));
}

type Scope = {
  readonly ofDeclared: (name: string) => Cost;
  readonly constantSize: (field: Field) => number;
  readonly ofType: (type: WireType) => Cost;
};

function costOfDeclared(declared: Struct | Union | undefined, scope: Scope): Cost {
  if (declared === undefined) return NOTHING;
  if (declared.kind === 'struct') return costOfFields(declared.fields, scope);
  const variants = declared.variants.map(({ structName }) => scope.ofDeclared(structName));
  const [first = NOTHING, ...more] = variants;
  const content = more.reduce(
    (all, one) => ({
      wire: Math.min(all.wire, one.wire),
      memory: Math.max(all.memory, one.memory),
      // As if each could be there beside the others: too much, never too little.
      segments: merged([...all.segments, ...one.segments]),
    }),
    first,
  );
  return plus({ wire: declared.bits / 8, memory: OBJECT + 2 * SLOT, segments: [] }, content);
}

function costOfFields(fields: readonly Field[], scope: Scope): Cost {
  let [wire, memory] = [0, OBJECT];
  const segments: Segment[] = [];
  for (const field of fields) {
    if (field.constant !== undefined) {
      wire += scope.constantSize(field);
      continue;
    }
    const cost = scope.ofType(field.type);
    wire += cost.wire;
    memory += SLOT + cost.memory;
    segments.push(...cost.segments);
  }
  return { wire, memory, segments: merged(segments) };
}

// Types nest at most as deep as the grammar reads.
function costOfType(type: WireType, scope: Scope): Cost {
  switch (type.kind) {
    case 'bool':
      return flat(1, 0);
    case 'bits':
      return flat(1, OBJECT + SLOT * type.members.length);
    case 'integer':
      return flat(type.bits / 8, type.bits === 64 ? BIGINT : type.bits === 32 ? HEAP_NUMBER : 0);
    case 'float':
      return flat(type.bits / 8, HEAP_NUMBER);
    case 'enum':
      return flat(type.bits / 8, type.bits === 32 ? HEAP_NUMBER : 0);
    case 'flags':
      return flat(type.bits / 8, SET[type.bits]);
    case 'fixed-bytes':
      return flat(type.size, BYTES + type.size);
    case 'bytes':
      return plus(flat(type.prefix / 8, BYTES), repeated(flat(1, 1), type.bound));
    case 'string':
      return plus(flat(type.prefix / 8, TEXT), repeated(flat(1, CHARACTER), type.bound));
    case 'array': {
      const size = type.element === 'bool' ? 1 : 8;
      const element = flat(size, ELEMENT + (type.element === 'i64' ? BIGINT : 0));
      return plus(flat(2, ARRAY), repeated(element, type.bound));
    }
    case 'list': {
      const element = plus(flat(0, ELEMENT), costOfType(type.element, scope));
      if (type.count !== 'rest') {
        return plus(flat(type.count / 8, ARRAY), repeated(element, type.bound));
      }
      // Elements to the end are counted once all are read.
      return plus(flat(0, ARRAY), repeated(element, { min: type.bound.min, max: FIELDS_SIZE_MAX }));
    }
    case 'struct':
    case 'union': {
      const name = type.kind === 'struct' ? type.structName : type.unionName;
      return plus(flat(type.isInline ? 0 : 2, 0), scope.ofDeclared(name));
    }
    case 'address':
      if (type.form !== 'address') return flat(type.form === 'ipv4' ? 6 : 7, ADDRESS);
      return { wire: 5, memory: ADDRESS, segments: [{ wire: FIELDS_SIZE_MAX, rate: CHARACTER }] };
    case 'codec':
      return costOfType(type.carrier, scope);
    case 'rest':
      return { wire: 0, memory: BYTES, segments: [{ wire: FIELDS_SIZE_MAX, rate: 1 }] };
  }
}

function flat(wire: number, memory: number): Cost {
  return { wire, memory, segments: [] };
}

function plus(a: Cost, b: Cost): Cost {
  return {
    wire: a.wire + b.wire,
    memory: a.memory + b.memory,
    segments: a.segments.length === 0 ? b.segments : merged([...a.segments, ...b.segments]),
  };
}

/** `bound` times the element: those that must be there, and those that there may be. */
function repeated(element: Cost, { max, min }: Pick<Bound, 'max' | 'min'>): Cost {
  // An element of no bytes is refused; one byte keeps the rate a number.
  const wire = Math.max(1, element.wire);
  const more = { wire: wire * (max - min), rate: element.memory / wire };
  const inner = element.segments.map((one) => ({ ...one, wire: one.wire * max }));
  return {
    wire: element.wire * min,
    memory: element.memory * min,
    segments: max === 0 ? [] : merged([more, ...inner]),
  };
}

function merged(segments: readonly Segment[]): readonly Segment[] {
  const byRate = new Map<number, number>();
  for (const { rate, wire } of segments) byRate.set(rate, (byRate.get(rate) ?? 0) + wire);
  const sorted = [...byRate]
    .map(([rate, wire]) => ({ rate, wire }))
    .sort((a, b) => b.rate - a.rate);
  if (sorted.length <= SEGMENTS_MAX) return sorted;
  const [first, ...tail] = sorted.slice(SEGMENTS_MAX - 1);
  const wire = tail.reduce((sum, one) => sum + one.wire, first?.wire ?? 0);
  return [...sorted.slice(0, SEGMENTS_MAX - 1), { rate: first?.rate ?? 0, wire }];
}
