/** Python's operators on values that are written out. */
import type { Value } from './value.ts';

/** Longer ones are not made: a few characters could ask for any length. */
const LENGTH_MAX = 2_000;
const BITS_MAX = 256n;

/** Undefined for what is not written out, or not worked out here. */
export function combine(
  operator: string,
  [left, right]: readonly [Value, Value],
): Value | undefined {
  if (left.kind === 'integer' && right.kind === 'integer') {
    const value = integers(operator, left.value, right.value);
    return value === undefined ? undefined : { kind: 'integer', value };
  }
  if (operator === '+') return concatenated(left, right);
  if (operator === '*' && right.kind === 'integer') return repeated(left, right.value);
  if (operator === '*' && left.kind === 'integer') return repeated(right, left.value);
  return undefined;
}

function integers(operator: string, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    case '<<':
      return right >= 0n && right < BITS_MAX ? left << right : undefined;
    case '**':
      return right >= 0n && right < BITS_MAX && left <= 256n && left >= 0n
        ? left ** right
        : undefined;
    case '//':
      // Python rounds down, BigInt towards zero: the same of what is not negative.
      return left >= 0n && right > 0n ? left / right : undefined;
    default:
      return undefined;
  }
}

function concatenated(left: Value, right: Value): Value | undefined {
  if (left.kind === 'text' && right.kind === 'text') {
    const text = left.text + right.text;
    return text.length > LENGTH_MAX ? undefined : { kind: 'text', text };
  }
  if (left.kind === 'bytes' && right.kind === 'bytes') {
    const bytes = Uint8Array.from([...left.bytes, ...right.bytes]);
    return bytes.length > LENGTH_MAX ? undefined : { kind: 'bytes', bytes };
  }
  if (left.kind === 'list' && right.kind === 'list') {
    const items = [...left.items, ...right.items];
    return items.length > LENGTH_MAX ? undefined : { kind: 'list', items };
  }
  return undefined;
}

function repeated(value: Value, count: bigint): Value | undefined {
  const times = Number(count);
  if (times < 0 || times > LENGTH_MAX) return undefined;
  const copies = Array.from({ length: times });
  switch (value.kind) {
    case 'text':
      return value.text.length * times > LENGTH_MAX
        ? undefined
        : { kind: 'text', text: value.text.repeat(times) };
    case 'bytes':
      return value.bytes.length * times > LENGTH_MAX
        ? undefined
        : { kind: 'bytes', bytes: Uint8Array.from(copies.flatMap(() => [...value.bytes])) };
    case 'list':
      return value.items.length * times > LENGTH_MAX
        ? undefined
        : { kind: 'list', items: copies.flatMap(() => value.items) };
    default:
      return undefined;
  }
}
