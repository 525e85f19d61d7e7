/** A packet → the rows of its dump. */
import type { Role } from '../../diagnostics/paint.ts';
import type { Declarations } from '../../wire/declarations.ts';
import type { PacketPart } from '../../wire/packet-part.ts';
import type { WireNode } from '../../wire/wire-node.ts';
import { valueText } from './value-text.ts';

export type Row = {
  readonly offset: number;
  /** The field's own: a length or count, where it has parts of its own. */
  readonly bytes: Uint8Array;
  readonly field: string;
  /** How many fields and lists stand around it. */
  readonly depth: number;
  readonly value: string;
  readonly role: Role | undefined;
};

/** What of a packet is shown. */
export type Shown = {
  readonly bytes: Uint8Array;
  readonly parts: readonly PacketPart[];
  readonly problem: Problem | undefined;
  /** How many elements of a list get a row. */
  readonly elementsMax: number;
};

/** Where and why bytes do not fit; without a place in the layout when `path` is undefined. */
export type Problem = {
  readonly path: string | undefined;
  readonly offset: number;
  readonly detail: string;
};

const NO_NAMES: Pick<Declarations, 'valueNames'> = { valueNames: () => new Map() };

/** Every row, in wire order. */
export function rowsOf(shown: Shown): readonly Row[] {
  const rows: Row[] = [];
  const signature = shown.parts.find(({ node }) => node.path === 'signature');
  const bodyEnd = signature?.node.offset ?? shown.bytes.length;
  let end = 0;
  for (const part of shown.parts) {
    if (part === signature) continue;
    end = part.node.offset + part.node.length;
    addRows(rows, part, { shown, depth: 0 });
  }
  rows.push(...lastRows(shown, { end, bodyEnd }));
  if (signature !== undefined) addRows(rows, signature, { shown, depth: 0 });
  return rows;
}

/** The bytes that do not fit, or those that nobody looked at. */
function lastRows(
  { bytes, problem }: Shown,
  { bodyEnd, end }: { readonly bodyEnd: number; readonly end: number },
): readonly Row[] {
  if (problem?.path !== undefined) {
    const names = problem.path.replaceAll('[', '.[').split('.');
    const given = bytes.subarray(problem.offset, Math.max(bodyEnd, problem.offset));
    const place = { offset: problem.offset, bytes: given, depth: names.length - 1 };
    const field = names.at(-1) ?? problem.path;
    return [{ ...place, field, value: problem.detail, role: 'error' }];
  }
  if (end >= bodyEnd) return [];
  const left = { offset: end, bytes: bytes.subarray(end, bodyEnd), depth: 0 };
  return [{ ...left, field: 'not read', value: '', role: undefined }];
}

type Around = { readonly shown: Shown; readonly depth: number };

function addRows(rows: Row[], part: PacketPart, { depth, shown }: Around): void {
  const { declarations, node, note } = part;
  const { children, offset, type, value } = node;
  const isBroken = value === undefined && type !== undefined && children.length === 0;
  // What was read of it before reading broke off: the row of the problem shows the rest.
  const end = isBroken ? (shown.problem?.offset ?? offset) : offset + node.length;
  if (isBroken && end <= offset) return;
  const bytes = shown.bytes.subarray(offset, children[0]?.offset ?? end);
  const text =
    note ?? (value === undefined ? '' : valueText(type, value, declarations ?? NO_NAMES));
  const constant = node.isConstant ? ', always' : '';
  rows.push({
    offset,
    bytes,
    field: node.name,
    depth,
    value: `${text}${constant}`,
    role: roleOf(node, note),
  });
  const isList = type?.kind === 'list';
  const visible = isList ? children.slice(0, shown.elementsMax) : children;
  for (const child of visible) {
    addRows(rows, { ...part, node: child, note: undefined }, { shown, depth: depth + 1 });
  }
  if (visible.length < children.length) rows.push(moreElements(children, { shown, depth }));
}

function roleOf({ path }: WireNode, note: string | undefined): Role | undefined {
  if (path !== 'signature') return undefined;
  return note === 'valid' ? 'added' : 'error';
}

function moreElements(children: readonly WireNode[], { depth, shown }: Around): Row {
  const rest = children.slice(shown.elementsMax);
  const offset = rest[0]?.offset ?? 0;
  return {
    offset,
    bytes: new Uint8Array(0),
    field: '…',
    depth: depth + 1,
    value: `${rest.length} more, shown with --all`,
    role: undefined,
  };
}
