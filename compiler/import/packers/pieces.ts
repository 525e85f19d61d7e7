/** The bytes that a `pack` method returns, piece by piece, read without running it. */
import { textOf } from '../../source/span.ts';
import type { FunctionInfo } from '../names/scope.ts';
import { formatOf, structTypes } from '../payloads/formats.ts';
import type { Expression, Statement } from '../python/tree.ts';
import type { Call } from '../python/walk.ts';
import type { Value } from '../values/value.ts';
import { nameOf } from '../values/value.ts';

/** `value` is how Python writes what is packed there. */
export type Piece =
  | { readonly kind: 'typed'; readonly type: string; readonly value: string }
  /** Bytes as they are; `isText` for those of a text. */
  | { readonly kind: 'raw'; readonly value: string; readonly isText: boolean }
  | { readonly kind: 'constant'; readonly bytes: Uint8Array };

export type ReadPieces = {
  readonly method: FunctionInfo;
  /** Values in the method; those of `self` are what the packer was made with. */
  readonly valueOf: (expression: Expression) => Value;
  /** What the class that is extended packs. */
  readonly parentType: string | undefined;
};

/** Undefined for a method that decides or repeats. */
export function piecesOf(read: ReadPieces): readonly Piece[] | undefined {
  const locals = new Map<string, Expression>();
  const sums = new Map<string, readonly Piece[]>();
  for (const statement of read.method.definition.body) {
    if (statement.kind === 'return') {
      return statement.value === undefined
        ? undefined
        : merged(pieces(statement.value, { ...read, locals, sums }));
    }
    if (!keep(statement, { ...read, locals, sums })) return undefined;
  }
  return undefined;
}

type Reading = ReadPieces & {
  readonly locals: Map<string, Expression>;
  /** Names to which bytes were added. */
  readonly sums: Map<string, readonly Piece[]>;
};

function keep(statement: Statement, reading: Reading): boolean {
  const { locals, sums } = reading;
  if (statement.kind === 'expression') return statement.value.kind === 'text';
  if (statement.kind === 'assign') {
    const [target] = statement.targets;
    if (statement.value === undefined) return true;
    if (target?.kind !== 'name' || statement.targets.length !== 1) return false;
    locals.set(target.name, statement.value);
    return true;
  }
  if (statement.kind !== 'update' || statement.target.kind !== 'name') return false;
  const { name } = statement.target;
  const start = locals.get(name);
  const old = sums.get(name) ?? (start === undefined ? undefined : pieces(start, reading));
  if (old === undefined || statement.operator !== '+') return false;
  sums.set(name, [...old, ...pieces(statement.value, reading)]);
  return true;
}

function pieces(value: Expression, reading: Reading): readonly Piece[] {
  switch (value.kind) {
    case 'bytes':
      return value.bytes.length === 0 ? [] : [{ kind: 'constant', bytes: value.bytes }];
    case 'binary':
      return value.operator === '+'
        ? [...pieces(value.left, reading), ...pieces(value.right, reading)]
        : [raw(value, reading)];
    case 'name': {
      const sum = reading.sums.get(value.name);
      const local = reading.locals.get(value.name);
      if (sum !== undefined) return sum;
      return local === undefined
        ? [raw(value, reading)]
        : pieces(local, withoutLocal(reading, value.name));
    }
    case 'call':
      return piecesOfCall(value, reading) ?? [raw(value, reading)];
    default:
      return [raw(value, reading)];
  }
}

/** A name that stands for something made from itself is no name behind. */
function withoutLocal(reading: Reading, name: string): Reading {
  const locals = new Map(reading.locals);
  locals.delete(name);
  return { ...reading, locals };
}

function piecesOfCall(call: Call, reading: Reading): readonly Piece[] | undefined {
  const [first, ...rest] = call.args.map(({ value }) => value);
  const callee = reading.valueOf(call.callee);
  const name = nameOf(callee);
  const written = textOf(call.callee.span);
  if (first === undefined) return undefined;
  if (name === 'join' && first.kind === 'list' && /^b(?:""|'')\.join$/.test(written)) {
    return first.items.flatMap((item) => pieces(item, reading));
  }
  if (name === 'pack' && /^super\(.*\)\.pack$/.test(written)) {
    const { parentType: type } = reading;
    return type === undefined ? undefined : [typed(type, first, reading)];
  }
  if (name === 'pack' || name.endsWith('.pack')) {
    const stated = reading.valueOf(first);
    if (stated.kind !== 'text') return undefined;
    const isStruct = callee.kind === 'library' && callee.from.endsWith('struct');
    const format = isStruct ? undefined : formatOf(stated.text);
    const ofSerializer = format?.kind === 'types' ? format.types : undefined;
    const types = isStruct ? structTypes(stated.text) : ofSerializer;
    if (types === undefined) return undefined;
    const isOne = rest.length !== types.length;
    return types.map((type, at) => typed(type, (isOne ? rest[0] : rest[at]) ?? first, reading));
  }
  if (name === 'to_bytes' && call.callee.kind === 'attribute') {
    const size = reading.valueOf(first);
    const order = rest[0] === undefined ? undefined : reading.valueOf(rest[0]);
    const isBig = order?.kind === 'text' && order.text === 'big';
    const type = size.kind === 'integer' && isBig ? INTEGERS.get(Number(size.value)) : undefined;
    return type === undefined ? undefined : [typed(type, call.callee.object, reading)];
  }
  const isByte = name === 'bytes' && first.kind === 'list' && first.items.length === 1;
  const byte = first.kind === 'list' ? first.items[0] : undefined;
  return isByte && byte !== undefined ? [typed('u8', byte, reading)] : undefined;
}

const INTEGERS: ReadonlyMap<number, string> = new Map([
  [1, 'u8'],
  [2, 'u16'],
  [4, 'u32'],
  [8, 'u64'],
]);

function typed(type: string, value: Expression, reading: Reading): Piece {
  return { kind: 'typed', type, value: asWritten(value, reading) };
}

function raw(value: Expression, reading: Reading): Piece {
  const text = asWritten(value, reading);
  return { kind: 'raw', value: text, isText: /\.encode\((?:["']utf-?8["'])?\)$/i.test(text) };
}

/** How Python writes it, with what local names stand for in their place. */
function asWritten(value: Expression, { locals }: Reading): string {
  const local = value.kind === 'name' ? locals.get(value.name) : undefined;
  if (local !== undefined) return textOf(local.span);
  const isLength =
    value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'len';
  const [inside] = value.kind === 'call' ? value.args : [];
  if (!isLength || inside?.value.kind !== 'name') return textOf(value.span);
  const held = locals.get(inside.value.name);
  return held === undefined ? textOf(value.span) : `len(${textOf(held.span)})`;
}

/** A length in front of the bytes that it counts is their prefix. */
function merged(found: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of found) {
    const last = out.at(-1);
    const isCounted =
      piece.kind === 'raw' && last?.kind === 'typed' && last.value === `len(${piece.value})`;
    if (isCounted && /^u(?:8|16|32)$/.test(last.type)) {
      const type = piece.isText ? `string<${last.type}>` : `bytes<${last.type}>`;
      const value = piece.isText ? piece.value.replace(/\.encode\([^()]*\)$/, '') : piece.value;
      out[out.length - 1] = { kind: 'typed', type, value };
    } else out.push(piece);
  }
  return out;
}
