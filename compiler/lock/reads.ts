/**
 * Whether one side understands what the other writes: every value that the writer may send is
 * decoded strictly by the reader, to the same value. What is said is said of the reader.
 */
import type { Field } from '../ir/model.ts';
import { typeText } from '../ir/type-text.ts';
import type { BitsMember, Bound, WireType } from '../ir/wire-type.ts';
import type { World } from './world.ts';

/** Why not, in words that follow "they"; undefined when all is read. */
export type Obstacle = string | undefined;

export type Reads = {
  type(writer: WireType, reader: WireType): Obstacle;
  field(writer: Field, reader: Field): Obstacle;
  fields(writer: readonly Field[], reader: readonly Field[]): Obstacle;
};

/** With `isNamedApart`, what has one name on both sides is compared elsewhere, on its own. */
export type ReadsOptions = { readonly isNamedApart: boolean };

type Pairing = ReadsOptions & {
  readonly writer: World;
  readonly reader: World;
  /** Of pairs of structs: each is looked at once, however often it is used. */
  readonly known: Map<string, Obstacle>;
};

export function createReads(writer: World, reader: World, options: ReadsOptions): Reads {
  const pairing: Pairing = { writer, reader, known: new Map(), ...options };
  return {
    type: (sent, read) => readType(pairing, sent, read),
    field: (sent, read) => readField(pairing, sent, read),
    fields: (sent, read) => readFields(pairing, sent, read),
  };
}

function readFields(pairing: Pairing, sent: readonly Field[], read: readonly Field[]): Obstacle {
  for (const [at, one] of sent.entries()) {
    const other = read[at];
    if (other === undefined) break;
    const found = readField(pairing, one, other);
    if (found !== undefined) return `${found} (in field \`${other.name}\`)`;
  }
  if (sent.length === read.length) return undefined;
  const missed = read[sent.length];
  if (missed !== undefined) return `miss \`${missed.name}\``;
  return `do not know \`${sent[read.length]?.name ?? ''}\``;
}

function readField(pairing: Pairing, sent: Field, read: Field): Obstacle {
  const wanted = constantText(read);
  if (wanted !== undefined && wanted !== constantText(sent)) {
    return `take \`${read.name}\` for a fault unless it is ${wanted}`;
  }
  if (sent.constant?.kind === 'integer' && read.type.kind === 'integer') {
    const { value } = sent.constant;
    return readType(pairing, withRange(sent.type, value, value), read.type);
  }
  return readType(pairing, sent.type, read.type);
}

function readType(pairing: Pairing, sent: WireType, read: WireType): Obstacle {
  const numbers = readNumbers(sent, read);
  if (numbers !== undefined) return numbers.obstacle;
  const isText = sent.kind === 'string' && read.kind === 'bytes';
  // Any text is bytes; not all bytes are a text.
  if (isText) return readBytes(sent, read);
  if (sent.kind !== read.kind) return differ(sent, read);
  switch (sent.kind) {
    case 'bits':
      return readBits(sent.members, (read as typeof sent).members);
    case 'bytes':
    case 'string':
      return readBytes(sent, read as typeof sent);
    case 'list':
      return readList(pairing, sent, read as typeof sent);
    case 'array': {
      const { element, bound } = read as typeof sent;
      if (element !== sent.element) return differ(sent, read);
      return readBound(sent.bound, bound, 'elements');
    }
    case 'struct':
    case 'union':
    case 'codec':
      return readNamed(pairing, sent, read as typeof sent);
    case 'address': {
      const isWider = sent.form === 'ip' && (read as typeof sent).form === 'address';
      return isWider || sent.form === (read as typeof sent).form ? undefined : differ(sent, read);
    }
    default:
      return typeText(sent) === typeText(read) ? undefined : differ(sent, read);
  }
}

type Bytes = Extract<WireType, { kind: 'bytes' | 'string' }>;
type List = Extract<WireType, { kind: 'list' }>;
type Named = Extract<WireType, { kind: 'struct' | 'union' | 'codec' }>;

function readBytes(sent: Bytes, read: Bytes): Obstacle {
  if (sent.prefix !== read.prefix) return differ(sent, read);
  return readBound(sent.bound, read.bound, 'bytes');
}

function readList(pairing: Pairing, sent: List, read: List): Obstacle {
  if (sent.count !== read.count) return differ(sent, read);
  const bound = readBound(sent.bound, read.bound, 'elements');
  return bound ?? readType(pairing, sent.element, read.element);
}

function readNamed(pairing: Pairing, sent: Named, read: Named): Obstacle {
  if (sent.kind === 'codec' && read.kind === 'codec') {
    if (sent.codecName !== read.codecName) return differ(sent, read);
    return pairing.isNamedApart ? undefined : readType(pairing, sent.carrier, read.carrier);
  }
  const isFramed = 'isInline' in sent && 'isInline' in read && sent.isInline === read.isInline;
  if (!isFramed) return differ(sent, read);
  if (sent.kind === 'struct' && read.kind === 'struct') {
    return readStruct(pairing, sent.structName, read.structName);
  }
  if (sent.kind === 'union' && read.kind === 'union') {
    return readUnion(pairing, sent.unionName, read.unionName);
  }
  return differ(sent, read);
}

function readStruct(pairing: Pairing, sent: string, read: string): Obstacle {
  if (pairing.isNamedApart && sent === read) return undefined;
  const { known, reader, writer } = pairing;
  const pair = `${sent} ${read}`;
  if (known.has(pair)) return known.get(pair);
  const [from, to] = [writer.structs.get(sent)?.fields, reader.structs.get(read)?.fields];
  const found = readFields(pairing, from ?? [], to ?? []);
  known.set(pair, found);
  return found;
}

function readUnion(pairing: Pairing, sent: string, read: string): Obstacle {
  if (pairing.isNamedApart && sent === read) return undefined;
  const [from, to] = [pairing.writer.unions.get(sent), pairing.reader.unions.get(read)];
  if (from?.bits !== to?.bits) return `read a tag of ${to?.bits} bits where ${from?.bits} are sent`;
  for (const { tag, structName } of from?.variants ?? []) {
    const variant = to?.variants.find((each) => each.tag === tag);
    if (variant === undefined) return `refuse tag ${tag}, \`${structName}\``;
    const found = readStruct(pairing, structName, variant.structName);
    if (found !== undefined) return `${found} (in \`${structName}\`)`;
  }
  return undefined;
}

function withRange(type: WireType, min: bigint, max: bigint): WireType {
  return type.kind === 'integer' ? { ...type, range: { min, max } } : type;
}

function constantText({ constant }: Field): string | undefined {
  if (constant === undefined) return undefined;
  if (constant.kind === 'bytes') return `hex"${constant.hex}"`;
  return String(constant.value);
}

function differ(one: WireType, other: WireType): string {
  return `read \`${typeText(other)}\` where \`${typeText(one)}\` is sent`;
}

type Numbers = {
  readonly bits: number;
  readonly isSigned: boolean;
  readonly min: bigint;
  readonly max: bigint;
};

/** What is one integer on the wire, whatever it is called. Bits are not: they are named singly. */
function numbersOf(type: WireType): Numbers | undefined {
  switch (type.kind) {
    case 'bool':
      return { bits: 8, isSigned: false, min: 0n, max: 1n };
    case 'enum':
    case 'flags':
      return { bits: type.bits, isSigned: false, min: 0n, max: (1n << BigInt(type.bits)) - 1n };
    case 'integer': {
      const values = 1n << BigInt(type.bits);
      const all = type.isSigned
        ? { min: -values / 2n, max: values / 2n - 1n }
        : { min: 0n, max: values - 1n };
      return { bits: type.bits, isSigned: type.isSigned, ...(type.range ?? all) };
    }
    default:
      return undefined;
  }
}

/** Undefined where one of the two is no integer. */
function readNumbers(one: WireType, other: WireType): { obstacle: Obstacle } | undefined {
  const [sent, read] = [numbersOf(one), numbersOf(other)];
  if (sent === undefined || read === undefined) return undefined;
  if (sent.bits !== read.bits) return { obstacle: differ(one, other) };
  // What both signs write alike: the lower half of the unsigned values.
  const half = (1n << BigInt(sent.bits - 1)) - 1n;
  const isAlike = sent.isSigned === read.isSigned || (sent.min >= 0n && sent.max <= half);
  if (!isAlike) return { obstacle: differ(one, other) };
  if (sent.max > read.max) return { obstacle: `refuse values over ${read.max}` };
  if (sent.min < read.min) return { obstacle: `refuse values under ${read.min}` };
  return { obstacle: undefined };
}

function readBound(sent: Bound, read: Bound, what: string): Obstacle {
  if (sent.sendMax > read.max) return `refuse more than ${read.max} ${what}`;
  if (sent.min < read.min) return `refuse less than ${read.min} ${what}`;
  return undefined;
}

/**
 * Bits that one side does not use are sent as 0, and ignored. A member in the same bits under
 * another name was renamed, unless the other side has that name in other bits.
 */
function readBits(sent: readonly BitsMember[], read: readonly BitsMember[]): Obstacle {
  const [from, to] = [bitsOf(sent), bitsOf(read)];
  const isMoved = (one: Bit, bits: readonly Bit[]): boolean =>
    bits.some(({ name }) => name === one.name);
  for (const [bit, one] of from.entries()) {
    const other = to[bit];
    if (one.name === undefined || other?.name === undefined) continue;
    const isSame = one.size === other.size && one.index === other.index;
    if (isSame && (one.name === other.name || !(isMoved(one, to) || isMoved(other, from))))
      continue;
    return `take a bit of \`${one.name}\` for one of \`${other.name}\``;
  }
  return undefined;
}

/** One of the eight bits: the member that has it, undefined for one not in use. */
type Bit = { readonly name: string | undefined; readonly size: number; readonly index: number };

function bitsOf(members: readonly BitsMember[]): readonly Bit[] {
  return members.flatMap((member) => {
    const size = member.kind === 'flag' ? 1 : member.bits;
    const name = member.kind === 'unused' ? undefined : member.name;
    return Array.from({ length: size }, (_, index) => ({ name, size, index }));
  });
}
