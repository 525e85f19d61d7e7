/**
 * Bytes → tree, by the model. Every byte is read by the runtime's `Reader`, with the calls that
 * generated code makes, so that the two cannot disagree about bytes, bounds or offsets.
 */
import { fromHex } from '../../runtime/base/bytes.ts';
import { DecodeError, Reader } from '../../runtime/codegen.ts';
import { constantParts } from '../ir/constant-parts.ts';
import type { ConstantValue, Field, VectorValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import type { Declarations, Root } from './declarations.ts';
import { bytesValue, readLeaf } from './read-leaf.ts';
import type { Interpreted, WireNode } from './wire-node.ts';

export type InterpretOptions = {
  readonly declarations: Declarations;
  /** Accepts what py-ipv8 accepts in payload bytes. */
  readonly compat?: boolean;
  /** Leaves what follows the last field unread. */
  readonly tolerateTrailing?: boolean;
  /** What offsets are counted from: where the bytes stand in their packet. */
  readonly offset?: number;
};

/** A node that is being read. */
type Building = { -readonly [Key in Exclude<keyof WireNode, 'children'>]: WireNode[Key] } & {
  readonly children: Building[];
};

type Cursor = {
  readonly reader: Reader;
  readonly declarations: Declarations;
  readonly base: number;
};

/** Reads a message, struct or union from all of `bytes`. */
export function interpret(root: Root, bytes: Uint8Array, options: InterpretOptions): Interpreted {
  const { compat = false, declarations, offset: base = 0, tolerateTrailing = false } = options;
  const reader = new Reader(bytes, { compat });
  const cursor: Cursor = { reader, declarations, base };
  const tree = createNode('', '', { cursor, type: undefined });
  try {
    const value = readInto(tree, cursor, () =>
      'variants' in root
        ? readVariant(tree, root.name, cursor)
        : readFields(tree, root.fields, cursor),
    );
    if (tolerateTrailing) addSurplus(tree, cursor, bytes.length - reader.offset);
    else reader.finish();
    return { ok: true, tree, value };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { reason, field: path, offset, detail } = error;
    return { ok: false, tree, error: { reason, path, offset: base + offset, detail } };
  }
}

/** The same of hexadecimal text, as vectors have it. */
export function interpretHex(root: Root, hex: string, options: InterpretOptions): Interpreted {
  return interpret(root, fromHex(hex), options);
}

function createNode(
  name: string,
  path: string,
  { cursor, type }: { readonly cursor: Cursor; readonly type: WireType | undefined },
): Building {
  const offset = cursor.base + cursor.reader.offset;
  return {
    name,
    path,
    offset,
    length: 0,
    type,
    value: undefined,
    isConstant: false,
    children: [],
  };
}

/** Runs `read` and notes in the node what it gave, and how far it went. */
function readInto<Value extends VectorValue>(
  node: Building,
  cursor: Cursor,
  read: () => Value,
): Value {
  try {
    const value = read();
    node.value = value;
    return value;
  } finally {
    node.length = cursor.base + cursor.reader.offset - node.offset;
  }
}

type Objects = Extract<VectorValue, { kind: 'object' }>;

function readFields(parent: Building, fields: readonly Field[], cursor: Cursor): Objects {
  const entries: [string, VectorValue][] = [];
  for (const field of fields) {
    const { constant, name, type } = field;
    const node = addChild(parent, name, { cursor, type });
    if (constant === undefined) {
      const value = readInto(node, cursor, () => readValue(node, type, cursor));
      entries.push([name, value]);
    } else {
      node.isConstant = true;
      readInto(node, cursor, () => readConstant(node, { type, constant }, cursor));
    }
  }
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}

function addChild(
  parent: Building,
  name: string,
  place: { readonly cursor: Cursor; readonly type: WireType | undefined },
): Building {
  const isElement = name.startsWith('[');
  const path = parent.path === '' || isElement ? `${parent.path}${name}` : `${parent.path}.${name}`;
  const node = createNode(name, path, place);
  parent.children.push(node);
  return node;
}

/** The value as the schema gives it; compat lets others pass, and they mean nothing. */
function readConstant(
  { path }: Building,
  { constant, type }: { readonly constant: ConstantValue; readonly type: WireType },
  { reader }: Cursor,
): VectorValue {
  for (const { method, size, value } of constantParts(type, constant)) {
    reader.constant(reader[method](path) === value, size, path);
  }
  return constant.kind === 'bytes' ? { kind: 'bytes', hex: constant.hex } : constant.value;
}

/** Errors call the field by the whole way to it. */
function readValue(node: Building, type: WireType, cursor: Cursor): VectorValue {
  switch (type.kind) {
    case 'codec':
      return readValue(node, type.carrier, cursor);
    case 'list':
      return { kind: 'list', items: readElements(node, type, cursor) };
    case 'struct':
    case 'union': {
      const content = (): VectorValue =>
        type.kind === 'struct'
          ? readFields(node, cursor.declarations.struct(type.structName).fields, cursor)
          : readVariant(node, type.unionName, cursor);
      return type.isInline ? content() : readFrame(node, cursor, content);
    }
    default:
      return readLeaf(cursor.reader, type, node.path);
  }
}

function readFrame(node: Building, cursor: Cursor, content: () => VectorValue): VectorValue {
  const { reader } = cursor;
  const end = reader.enter16(node.path);
  const value = content();
  const before = reader.offset;
  reader.leave(end, node.path);
  // Only a compat reader comes here with bytes left.
  addSurplus(node, cursor, reader.offset - before);
  return value;
}

/** The last `length` bytes of the node, which no field accounts for. */
function addSurplus(node: Building, cursor: Cursor, length: number): void {
  if (length === 0) return;
  const surplus = addChild(node, 'surplus', { cursor, type: undefined });
  const last = node.children.at(-2);
  surplus.offset = last === undefined ? node.offset : last.offset + last.length;
  surplus.length = length;
  node.length = surplus.offset + length - node.offset;
}

function readVariant(node: Building, name: string, cursor: Cursor): VectorValue {
  const { reader, declarations } = cursor;
  const { bits, variants } = declarations.union(name);
  const type = { kind: 'integer', bits, isSigned: false, range: undefined } as const;
  const tagNode = addChild(node, 'tag', { cursor, type });
  const tag = readInto(tagNode, cursor, () => {
    const read = reader[`u${bits}`](tagNode.path);
    if (variants.some((one) => one.tag === read)) return read;
    return reader.unknownVariant(read, bits / 8, tagNode.path);
  });
  const variant = variants.find((one) => one.tag === tag)?.structName ?? '';
  return { ...readFields(node, declarations.struct(variant).fields, cursor), variant };
}

type ListType = Extract<WireType, { kind: 'list' }>;

function readElements(node: Building, type: ListType, cursor: Cursor): VectorValue[] {
  const { count, element, bound } = type;
  const { reader } = cursor;
  const items: VectorValue[] = [];
  const readNext = (read: (child: Building) => VectorValue): void => {
    const child = addChild(node, `[${items.length}]`, { cursor, type: element });
    items.push(readInto(child, cursor, () => read(child)));
  };
  if (count !== 'rest') {
    const total = reader[`count${count}`](node.path, bound.min, bound.max);
    if (element.kind === 'fixed-bytes')
      return readRecords(node, { size: element.size, total }, cursor);
    while (items.length < total) readNext((child) => readValue(child, element, cursor));
    return items;
  }
  while (reader.more()) {
    readNext((child) =>
      element.kind === 'fixed-bytes'
        ? bytesValue(reader.record(element.size, child.path))
        : readValue(child, element, cursor),
    );
  }
  if (bound.isStated) reader.range(items.length, bound.min, bound.max, 0, node.path);
  return items;
}

/** Records of one size are read at once, as generated code does: all of them or none. */
function readRecords(
  node: Building,
  { size, total }: { readonly size: number; readonly total: number },
  cursor: Cursor,
): VectorValue[] {
  const type: WireType = { kind: 'fixed-bytes', size };
  let offset = cursor.base + cursor.reader.offset;
  return cursor.reader.records(total, size, node.path).map((record, at) => {
    const child = addChild(node, `[${at}]`, { cursor, type });
    const value = bytesValue(record);
    Object.assign(child, { offset, length: record.length, value });
    offset += record.length;
    return value;
  });
}
