/**
 * What tshark shows → the plain data of vectors. On the way every item is held against its place in
 * the packet and against its name, both as the interpreter and the model have them.
 */
import { createAddress } from '../../../../runtime/address/text.ts';
import { fromHex } from '../../../../runtime/base/bytes.ts';
import { placeBits } from '../../../../compiler/ir/place-bits.ts';
import type { VectorValue } from '../../../../compiler/ir/model.ts';
import type { WireType } from '../../../../compiler/ir/wire-type.ts';
import type { Declarations } from '../../../../compiler/wire/declarations.ts';
import type { WireNode } from '../../../../compiler/wire/wire-node.ts';
import type { Shown } from './tshark.ts';

/** Items in the order of the tree. */
export type Items = { readonly all: readonly Shown[]; at: number };

/** The next item, which must have this name and place. */
function next(items: Items, name: string, place: readonly [offset: number, size: number]): Shown {
  const item = items.all[items.at++];
  const found = item === undefined ? 'nothing' : `${item.name} ${item.offset}+${item.size}`;
  const wanted = `${name} ${place[0]}+${place[1]}`;
  if (item === undefined || found !== wanted) throw new Error(`${found} is shown, not ${wanted}`);
  return item;
}

/** The children of an item without the length of a frame. */
function inside(item: Shown): Items {
  return { all: item.children.filter(({ name }) => name !== 'ipv8.length'), at: 0 };
}

function finished(items: Items, name: string): void {
  const left = items.all[items.at];
  if (left !== undefined) throw new Error(`${left.name} is shown in ${name}`);
}

/** The fields of a struct or message that the tree of the interpreter has. */
export function shownFields(
  nodes: readonly WireNode[],
  owner: string,
  items: Items,
  declarations: Declarations,
): Readonly<Record<string, VectorValue>> {
  const entries: [string, VectorValue][] = [];
  for (const node of nodes) {
    const value = shownValue(node, `${owner}.${node.name}`, items, declarations);
    if (!node.isConstant) entries.push([node.name, value]);
  }
  return Object.fromEntries(entries);
}

/** The value of a node, whose field has this name in filters. */
export function shownValue(
  node: WireNode,
  filter: string,
  items: Items,
  declarations: Declarations,
): VectorValue {
  if (node.type === undefined) throw new Error(`${node.path} has no type`);
  return valueOf(node.type, { node, filter, items, declarations });
}

type Place = {
  readonly node: WireNode;
  readonly filter: string;
  readonly items: Items;
  readonly declarations: Declarations;
};

function valueOf(type: WireType, place: Place): VectorValue {
  const { filter, items, node } = place;
  const { length, offset } = node;
  switch (type.kind) {
    case 'bool':
      return boolOf(next(items, filter, [offset, length]));
    case 'integer': {
      const { show } = next(items, filter, [offset, length]);
      return type.bits === 64 ? BigInt(show) : Number(show);
    }
    case 'enum':
      return Number(next(items, filter, [offset, length]).show);
    case 'float':
      return floatOf(next(items, filter, [offset, length]), false);
    case 'flags':
      return flagsOf(type, place);
    case 'bits':
      return bitsOf(type, place);
    case 'fixed-bytes':
    case 'rest':
      return { kind: 'bytes', hex: next(items, filter, [offset, length]).value };
    case 'bytes':
      return { kind: 'bytes', hex: prefixed(type.prefix / 8, place).value };
    case 'string':
      return { kind: 'text', text: textOf(prefixed(type.prefix / 8, place)) };
    case 'list':
      return listOf(type, place);
    case 'array':
      return arrayOf(type, place);
    case 'struct':
      return { kind: 'object', variant: undefined, entries: fieldsOf(type.structName, place) };
    case 'union':
      return variantOf(type, place);
    case 'address':
      return addressOf(type.form, place);
    case 'codec':
      return valueOf(type.carrier, place);
  }
}

/** `0` and `1`, and `False` and `True` from later versions. */
function boolOf({ show }: Shown): boolean {
  const value = ({ '0': false, '1': true, False: false, True: true } as const)[show];
  if (value === undefined) throw new Error(`${show} is no bool`);
  return value;
}

/** The bytes are exact; what is printed of them must be as near as its digits say. */
function floatOf({ show, value }: Shown, isLittle: boolean): number {
  const bytes = fromHex(value);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const exact = bytes.length === 4 ? view.getFloat32(0) : view.getFloat64(0, isLittle);
  const printed = /nan/i.test(show) ? NaN : Number(show.replace(/inf(inity)?/i, 'Infinity'));
  const digits = bytes.length === 4 ? 6 : 15;
  const error = Math.abs(printed - exact);
  const isNear =
    Object.is(printed, exact) ||
    // The largest ones are printed as something larger still.
    printed === Number(exact.toPrecision(digits)) ||
    error <= Math.abs(exact) * 10 ** (1 - digits);
  if (!isNear && !(Number.isNaN(printed) && Number.isNaN(exact))) {
    throw new Error(`${show} is shown of ${exact}`);
  }
  return exact;
}

/** What stands behind a length of so many bytes. */
function prefixed(prefix: number, { filter, items, node }: Place): Shown {
  return next(items, filter, [node.offset + prefix, node.length - prefix]);
}

/** What is printed of a text ends at a zero, and has escapes for what cannot be printed. */
function textOf({ show, value }: Shown): string {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromHex(value));
  if (/^[\p{L}\p{N} .]*$/u.test(text) && show !== text) {
    throw new Error(`${show} is shown of ${text}`);
  }
  return text;
}

function flagsOf({ bits, flagsName }: Extract<WireType, { kind: 'flags' }>, place: Place) {
  const { filter, items, node, declarations } = place;
  const item = next(items, filter, [node.offset, node.length]);
  const whole = BigInt(item.show);
  const members = inside(item);
  for (const [value, name] of declarations.valueNames(flagsName)) {
    const member = next(members, `${filter}.${name}`, [node.offset, node.length]);
    if (boolOf(member) !== ((whole & BigInt(value)) !== 0n)) throw new Error(`${filter}.${name}`);
  }
  finished(members, filter);
  const values = Array.from({ length: bits }, (_, bit) => 2 ** bit);
  const set = values.filter((value) => (whole & BigInt(value)) !== 0n);
  return { kind: 'list', items: set } as const;
}

function bitsOf(type: Extract<WireType, { kind: 'bits' }>, place: Place): VectorValue {
  const { filter, items, node } = place;
  const item = next(items, filter, [node.offset, 1]);
  const members = inside(item);
  const entries = placeBits(type.members).map(({ member }) => {
    const shown = next(members, `${filter}.${member.name}`, [node.offset, 1]);
    return [member.name, member.kind === 'flag' ? boolOf(shown) : Number(shown.show)] as const;
  });
  finished(members, filter);
  return { kind: 'object', variant: undefined, entries: Object.fromEntries(entries) };
}

function innerFilter(element: WireType, filter: string): string {
  return element.kind === 'list' || element.kind === 'array' ? `${filter}.inner` : filter;
}

function listOf(type: Extract<WireType, { kind: 'list' }>, place: Place): VectorValue {
  const { filter, items, node, declarations } = place;
  const item = next(items, `${filter}.count`, [node.offset, node.length]);
  const elements = inside(item);
  const inner = innerFilter(type.element, filter);
  const values = node.children.map((child) => shownValue(child, inner, elements, declarations));
  finished(elements, filter);
  if (type.count !== 'rest' && Number(item.show) !== values.length)
    throw new Error(`${item.show} elements are shown of ${filter}`);
  return { kind: 'list', items: values };
}

function arrayOf({ element }: Extract<WireType, { kind: 'array' }>, place: Place): VectorValue {
  const { filter, items, node } = place;
  const item = next(items, `${filter}.count`, [node.offset, node.length]);
  const elements = inside(item);
  const size = element === 'bool' ? 1 : 8;
  const values: (bigint | number | boolean)[] = [];
  for (let at = node.offset + 2; at < node.offset + node.length; at += size) {
    const shown = next(elements, filter, [at, size]);
    if (element === 'bool') values.push(boolOf(shown));
    else values.push(element === 'i64' ? BigInt(shown.show) : floatOf(shown, true));
  }
  finished(elements, filter);
  if (Number(item.show) !== values.length) throw new Error(`${item.show} of ${filter}`);
  return { kind: 'list', items: values };
}

function fieldsOf(structName: string, place: Place, nodes = place.node.children) {
  const { filter, items, node, declarations } = place;
  const item = next(items, filter, [node.offset, node.length]);
  const parts = inside(item);
  const entries = shownFields(nodes, `ipv8.${snake(structName)}`, parts, declarations);
  finished(parts, filter);
  return entries;
}

function variantOf(type: Extract<WireType, { kind: 'union' }>, place: Place): VectorValue {
  const { filter, items, node, declarations } = place;
  const parts = inside(next(items, filter, [node.offset, node.length]));
  const [tagNode, ...nodes] = node.children;
  if (tagNode === undefined) throw new Error(`${node.path} has no tag`);
  const tag = shownValue(tagNode, `ipv8.${snake(type.unionName)}.tag`, parts, declarations);
  const { variants } = declarations.union(type.unionName);
  const variant = variants.find((one) => one.tag === tag)?.structName ?? '';
  const entries = shownFields(nodes, `ipv8.${snake(variant)}`, parts, declarations);
  finished(parts, filter);
  return { kind: 'object', variant, entries };
}

function addressOf(form: 'ipv4' | 'ip' | 'address', place: Place): VectorValue {
  const { filter, items, node } = place;
  const { length, offset } = node;
  const item = next(items, filter, [offset, length]);
  const parts = inside(item);
  const tag = form === 'ipv4' ? 1 : Number(next(parts, 'ipv8.address.type', [offset, 1]).show);
  const start = form === 'ipv4' ? offset : offset + 1;
  const end = offset + length - 2;
  const port = Number(parts.all.at(-1)?.show);
  const host =
    tag === 1
      ? next(parts, 'ipv8.address.ipv4', [start, 4]).show
      : tag === 3
        ? item.show.slice(1, item.show.lastIndexOf(']:'))
        : textOf(next(parts, 'ipv8.address.name', [start + 2, end - start - 2]));
  if (tag === 3) {
    const { show } = next(parts, 'ipv8.address.ipv6', [start, 16]);
    if (createAddress(show, 0).host !== host) throw new Error(`${show} is shown of ${host}`);
  }
  next(parts, 'ipv8.address.port', [end, 2]);
  finished(parts, filter);
  return { kind: 'address', host, port };
}

/** As filters write the names of declarations. */
export function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
}
