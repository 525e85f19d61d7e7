/** Calls whose value is known without running anything. */
import { nameOf, type Value, type ValueArgument } from './value.ts';

/** Decorators and the like, which give back what they are given. */
const PASSED_ON: ReadonlySet<string> = new Set(['vp_compile', 'dataclass', 'list', 'tuple']);

/** A call; one that is not known stays a call. */
export function callValue(callee: Value, args: readonly ValueArgument[]): Value {
  const call: Value = { kind: 'call', callee, args };
  const [first, second] = args.map(({ value }) => value);
  const name = nameOf(callee);
  if (first !== undefined && args.length === 1 && PASSED_ON.has(name)) return first;
  if (name === 'cast' && second !== undefined) return second;
  if (name === 'type_from_format' && first?.kind === 'text') {
    return { kind: 'format', format: first.text };
  }
  if (name === 'unhexlify' || name === 'a2b_hex' || name === 'fromhex') {
    const bytes = hexBytes(first);
    return bytes === undefined ? call : { kind: 'bytes', bytes };
  }
  if (name === 'b64decode' || name === 'a2b_base64') {
    const bytes = base64Bytes(first);
    return bytes === undefined ? call : { kind: 'bytes', bytes };
  }
  if (callee.kind === 'member' && name === 'encode' && callee.object.kind === 'text') {
    const encoding = first?.kind === 'text' ? first.text.toLowerCase() : 'utf-8';
    return /^(?:utf-?8|ascii)$/.test(encoding)
      ? { kind: 'bytes', bytes: new TextEncoder().encode(callee.object.text) }
      : call;
  }
  if (callee.kind === 'library' && name === 'bytes' && first?.kind === 'list') {
    const numbers = first.items.map((item) => (item.kind === 'integer' ? Number(item.value) : -1));
    return numbers.every((number) => number >= 0 && number < 256)
      ? { kind: 'bytes', bytes: Uint8Array.from(numbers) }
      : call;
  }
  return call;
}

function asText(value: Value | undefined): string | undefined {
  if (value?.kind === 'text') return value.text;
  return value?.kind === 'bytes' ? String.fromCharCode(...value.bytes) : undefined;
}

function hexBytes(value: Value | undefined): Uint8Array | undefined {
  const digits = asText(value)?.replace(/\s/g, '');
  if (digits === undefined || !/^(?:[0-9a-fA-F]{2})*$/.test(digits)) return undefined;
  const pairs = digits.match(/../g) ?? [];
  return Uint8Array.from(pairs.map((pair) => parseInt(pair, 16)));
}

function base64Bytes(value: Value | undefined): Uint8Array | undefined {
  const text = asText(value)?.replace(/\s/g, '');
  if (text === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
