/**
 * How many bytes a value takes on the wire: the facts behind doc comments and size checks.
 *
 * What a schema declares once is measured once, however often it is used: structs that hold each
 * other twice would otherwise take time without end.
 */
import type { ConstantValue, Field, Struct, Union } from './model.ts';
import type { Bound, PrefixBits, WireType } from './wire-type.ts';

/** Smallest and largest size in bytes; both end at `Number.MAX_SAFE_INTEGER`. */
export type Size = {
  readonly min: number;
  /** What has no end counts with its smallest size. */
  readonly max: number;
  /** True when a part has no end: only the packet, or what is left of it, bounds the value. */
  readonly isOpen: boolean;
};

/** Finds a struct or union by its name. */
export type StructLookup = (name: string) => Struct | Union | undefined;

/** The addresses of a network: one of IPv6 nodes knows IPv4 addresses too. */
export type IpFamily = 'ipv4' | 'ipv6';

/** Which values are measured. */
export type LayoutMode =
  /** Every value that decoding accepts: a length without a stated bound ends with its prefix. */
  | { readonly kind: 'accepted' }
  /**
   * What encoding may send in a network of that family. A length without a stated bound whose
   * prefix can say more than a datagram holds has no end, and neither has the name in an `address`.
   */
  | { readonly kind: 'sent'; readonly family: IpFamily };

/** Sizes by what is measured. */
export type Layout = {
  /** Of a struct's fields, or of a union's tag and what is behind it. */
  readonly ofDeclared: (name: string) => Size;
  readonly ofType: (type: WireType) => Size;
  /** A constant always takes the same. */
  readonly ofField: (field: Pick<Field, 'type' | 'constant'>) => Size;
  readonly ofFields: (fields: readonly Pick<Field, 'type' | 'constant'>[]) => Size;
};

/** The most that the 16-bit length of a frame can say. */
export const FRAME_MAX = 0xffff;

/** What a length without a stated bound may say and still be a bound: a datagram holds it. */
export const PREFIX_SIZE_MAX = 1_452;

const NOTHING: Size = { min: 0, max: 0, isOpen: false };

/** A tag, an address and a port. */
const IPV4_SIZE = 7;
const IPV6_SIZE = 19;

/** A tag, a 16-bit length and a port: an `address` with an empty name. */
const DOMAIN_SIZE_MIN = 5;

/**
 * The sizes of a model. Structs are measured when they are first asked for; one that contains
 * itself, or that is unknown, counts as nothing there: the checks refuse both.
 */
export function createLayout(structs: StructLookup, mode: LayoutMode): Layout {
  const known = new Map<string, Size>();
  const measure: Measure = {
    mode,
    ofDeclared: (name) => known.get(name) ?? NOTHING,
  };

  function prepare(names: readonly string[]): void {
    for (const name of names) {
      const contained = containedFirst(name, { structs, isKnown: (one) => known.has(one) });
      for (const [one, declared] of contained) known.set(one, sizeOfDeclared(declared, measure));
    }
  }

  const measured = new Map<WireType, Size>();

  function ofType(type: WireType): Size {
    const found = measured.get(type);
    if (found !== undefined) return found;
    prepare(usedBy(type));
    const size = sizeOfType(type, measure);
    measured.set(type, size);
    return size;
  }

  return {
    ofDeclared(name) {
      prepare([name]);
      return measure.ofDeclared(name);
    },
    ofType,
    ofField: (field) => sizeOfField(field, ofType),
    ofFields: (fields) => sizeOfFields(fields, ofType),
  };
}

/** The struct or union that a value of the type contains, if any. */
export function usedBy(type: WireType): readonly string[] {
  switch (type.kind) {
    case 'struct':
      return [type.structName];
    case 'union':
      return [type.unionName];
    case 'list':
      return usedBy(type.element);
    case 'codec':
      return usedBy(type.carrier);
    default:
      return [];
  }
}

/** The structs and unions that a value of the struct or union contains. */
export function usedByDeclared(declared: Struct | Union | undefined): readonly string[] {
  if (declared === undefined) return [];
  if (declared.kind === 'struct') return declared.fields.flatMap(({ type }) => usedBy(type));
  return declared.variants.map(({ structName }) => structName);
}

type Measure = { readonly mode: LayoutMode; readonly ofDeclared: (name: string) => Size };

/**
 * The struct or union of that name behind all that it contains and that is not known yet. No
 * recursion: chains may be long. One that contains itself comes behind what else it contains.
 */
export function* containedFirst(
  start: string,
  { isKnown, structs }: Containment,
): Generator<readonly [name: string, declared: Struct | Union | undefined]> {
  const stepOf = (name: string) => {
    const declared = structs(name);
    return { name, declared, uses: usedByDeclared(declared).values() };
  };
  if (isKnown(start)) return;
  const open = [stepOf(start)];
  const inside = new Set([start]);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.uses.next();
    if (next.done === true) {
      yield [top.name, top.declared];
      open.pop();
    } else if (!inside.has(next.value) && !isKnown(next.value)) {
      inside.add(next.value);
      open.push(stepOf(next.value));
    }
  }
}

type Containment = {
  readonly structs: StructLookup;
  readonly isKnown: (name: string) => boolean;
};

function sizeOfDeclared(declared: Struct | Union | undefined, measure: Measure): Size {
  if (declared === undefined) return NOTHING;
  if (declared.kind === 'struct') {
    return sizeOfFields(declared.fields, (type) => sizeOfType(type, measure));
  }
  const [first = NOTHING, ...more] = declared.variants.map(({ structName }) =>
    measure.ofDeclared(structName),
  );
  const content = more.reduce(
    (size, one) => ({
      min: Math.min(size.min, one.min),
      max: Math.max(size.max, one.max),
      isOpen: size.isOpen || one.isOpen,
    }),
    first,
  );
  return add(exactly(declared.bits / 8), content);
}

type Measured = Pick<Field, 'type' | 'constant'>;

function sizeOfFields(fields: readonly Measured[], ofType: Layout['ofType']): Size {
  let [min, max, isOpen] = [0, 0, false];
  for (const field of fields) {
    const size = sizeOfField(field, ofType);
    min = sum(min, size.min);
    max = sum(max, size.max);
    isOpen ||= size.isOpen;
  }
  return { min, max, isOpen };
}

function sizeOfField({ constant, type }: Measured, ofType: Layout['ofType']): Size {
  if (constant?.kind !== 'bytes') return ofType(type);
  return exactly(prefixSize(type) + constantSize(constant));
}

// Types nest at most as deep as the grammar reads.
function sizeOfType(type: WireType, measure: Measure): Size {
  switch (type.kind) {
    case 'bool':
    case 'bits':
      return exactly(1);
    case 'integer':
    case 'float':
    case 'enum':
    case 'flags':
      return exactly(type.bits / 8);
    case 'fixed-bytes':
      return exactly(type.size);
    case 'bytes':
    case 'string':
      return add(exactly(type.prefix / 8), repeated(exactly(1), type.bound, measure.mode));
    case 'list':
      return listSize(type.count, sizeOfType(type.element, measure), {
        bound: type.bound,
        mode: measure.mode,
      });
    case 'array': {
      const element = exactly(type.element === 'bool' ? 1 : 8);
      return add(exactly(2), repeated(element, type.bound, measure.mode));
    }
    case 'struct':
    case 'union': {
      const name = type.kind === 'struct' ? type.structName : type.unionName;
      const content = measure.ofDeclared(name);
      return type.isInline ? content : framed(content, measure.mode);
    }
    case 'address':
      return addressSize(type.form, measure.mode);
    case 'codec':
      return sizeOfType(type.carrier, measure);
    case 'rest':
      return { min: 0, max: 0, isOpen: true };
  }
}

function addressSize(form: 'ipv4' | 'ip' | 'address', mode: LayoutMode): Size {
  if (form === 'ipv4') return exactly(IPV4_SIZE - 1);
  const isIpv4Only = mode.kind === 'sent' && mode.family === 'ipv4';
  const max = isIpv4Only ? IPV4_SIZE : IPV6_SIZE;
  if (form === 'ip') return { min: IPV4_SIZE, max, isOpen: false };
  if (mode.kind === 'sent') return { min: DOMAIN_SIZE_MIN, max, isOpen: true };
  return { min: DOMAIN_SIZE_MIN, max: DOMAIN_SIZE_MIN + FRAME_MAX, isOpen: false };
}

function listSize(
  count: PrefixBits | 'rest',
  element: Size,
  { bound, mode }: { readonly bound: Bound; readonly mode: LayoutMode },
): Size {
  const elements = repeated(element, bound, mode);
  if (count !== 'rest') return add(exactly(count / 8), elements);
  return bound.isStated ? elements : { min: elements.min, max: elements.min, isOpen: true };
}

/** `bound` times the element, which is open where it alone outgrows what a prefix may promise. */
function repeated(element: Size, bound: Bound, mode: LayoutMode): Size {
  const count = mode.kind === 'sent' ? bound.sendMax : bound.max;
  const size = {
    min: product(element.min, bound.min),
    max: product(element.max, count),
    isOpen: element.isOpen && count > 0,
  };
  if (mode.kind === 'accepted' || bound.isStated) return size;
  const isOpen = size.isOpen || size.max > PREFIX_SIZE_MAX;
  return isOpen ? { min: size.min, max: size.min, isOpen } : size;
}

/** A frame holds at most what its 16-bit length can say. */
function framed(content: Size, { kind }: LayoutMode): Size {
  const isFull = content.isOpen && kind === 'accepted';
  const max = isFull ? FRAME_MAX : Math.min(content.max, FRAME_MAX);
  return { min: sum(2, content.min), max: 2 + max, isOpen: content.isOpen && !isFull };
}

function prefixSize(type: WireType): number {
  return type.kind === 'bytes' || type.kind === 'string' ? type.prefix / 8 : 0;
}

function constantSize(constant: Extract<ConstantValue, { kind: 'bytes' }>): number {
  return constant.hex.length / 2;
}

function exactly(size: number): Size {
  return { min: size, max: size, isOpen: false };
}

function add(a: Size, b: Size): Size {
  return { min: sum(a.min, b.min), max: sum(a.max, b.max), isOpen: a.isOpen || b.isOpen };
}

function sum(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

function product(a: number, b: number): number {
  return Math.min(a * b, Number.MAX_SAFE_INTEGER);
}
