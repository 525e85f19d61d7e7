/** Where two sides part: what each made of one value, or of one string of bytes. */
import { fromHex } from '../../runtime/base/bytes.ts';
import type { VectorValue } from '../ir/model.ts';
import { type JsonValue, jsonValue } from '../values/json-value.ts';
import { compareBytes } from '../wire/compare-bytes.ts';
import type { Declarations } from '../wire/declarations.ts';
import { interpret } from '../wire/interpret.ts';
import type { Rooted } from '../wire/roots.ts';
import { nodeAt } from '../wire/wire-node.ts';
import type { Outcome } from './side.ts';

/** What differs. */
export const DIVERGENCE_KINDS = [
  /** Both write the value, as other bytes. */
  'other-bytes',
  /** The other side does not write a value that the schema allows. */
  'not-written',
  /** Both read the bytes, as other values. */
  'other-value',
  'only-typescript-reads',
  'only-python-reads',
] as const;

export type DivergenceKind = (typeof DIVERGENCE_KINDS)[number];

export type Divergence = {
  readonly kind: DivergenceKind;
  /** The way to the field where it shows, `nodes[2].port`; empty where nobody knows. */
  readonly field: string;
  /** What was made by us and by them, for people. */
  readonly ours: string;
  readonly theirs: string;
};

/** The same in every element of a list. */
export function fieldPattern(field: string): string {
  return field.replace(/\[\d+\]/g, '[]');
}

export type Reading = {
  readonly rooted: Rooted;
  readonly declarations: Declarations;
};

/** What we make of bytes under compat decoding. */
export function readCompat(hex: string, { declarations, rooted }: Reading): OurReading {
  const read = interpret(rooted.root, fromHex(hex), {
    declarations,
    compat: true,
    tolerateTrailing: rooted.toleratesTrailing,
  });
  if (read.ok) return { ok: true, value: read.value };
  const { detail, offset, path } = read.error;
  return { ok: false, field: path, detail: `${path} at offset ${offset}: ${detail}` };
}

type OurReading =
  | { readonly ok: true; readonly value: VectorValue }
  | { readonly ok: false; readonly field: string; readonly detail: string };

/** A value that we write as `hex`. */
export function judgeWritten(
  hex: string,
  value: JsonValue,
  { again, written }: { readonly written: Outcome<string>; readonly again: Outcome<JsonValue> },
  reading: Reading,
): Divergence | undefined {
  const [isWritten, theirs] = written;
  if (!isWritten) return { kind: 'not-written', field: '', ours: hex, theirs };
  if (theirs !== hex) {
    const { declarations, rooted } = reading;
    const { tree } = interpret(rooted.root, fromHex(hex), { declarations });
    const at = compareBytes(hex, theirs)?.at ?? 0;
    return { kind: 'other-bytes', field: nodeAt(tree, at).path, ours: hex, theirs };
  }
  return judgeRead({ ok: true, value }, again);
}

/** Bytes that both sides read as py-ipv8 does. */
export function judgeRead(
  ours: { readonly ok: true; readonly value: JsonValue } | Extract<OurReading, { ok: false }>,
  theirs: Outcome<JsonValue>,
): Divergence | undefined {
  const [isRead, what] = theirs;
  if (!ours.ok) {
    if (!isRead) return undefined;
    const { detail, field } = ours;
    return { kind: 'only-python-reads', field, ours: detail, theirs: JSON.stringify(what) };
  }
  const text = JSON.stringify(ours.value);
  if (!isRead) return { kind: 'only-typescript-reads', field: '', ours: text, theirs: what };
  const other = JSON.stringify(what);
  if (other === text) return undefined;
  return { kind: 'other-value', field: partingOf(ours.value, what), ours: text, theirs: other };
}

/** The same for bytes in hexadecimal. */
export function judgeBytes(
  hex: string,
  theirs: Outcome<JsonValue>,
  reading: Reading,
): Divergence | undefined {
  const ours = readCompat(hex, reading);
  return judgeRead(ours.ok ? { ok: true, value: jsonValue(ours.value) } : ours, theirs);
}

/** The way to the first place where two values differ. */
function partingOf(one: JsonValue, other: JsonValue): string {
  if (Array.isArray(one) && Array.isArray(other)) {
    const at = one.findIndex((item, index) => isOther(item, (other as JsonValue[])[index]));
    return at < 0 ? '' : `[${at}]${below(partingOf(one[at] as JsonValue, other[at] as JsonValue))}`;
  }
  if (isObject(one) && isObject(other)) {
    const name = Object.keys(one).find((key) => isOther(one[key], other[key]));
    if (name === undefined) return '';
    const [inner, theirs] = [one[name], other[name]];
    const rest = inner === undefined || theirs === undefined ? '' : below(partingOf(inner, theirs));
    return `${name}${rest}`;
  }
  return '';
}

function below(path: string): string {
  return path === '' || path.startsWith('[') ? path : `.${path}`;
}

function isOther(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && !Array.isArray(value);
}
