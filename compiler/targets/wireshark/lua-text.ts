/** Pieces of Lua. */

/** A text in double quotes. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\p{Cc}/gu, (control) =>
    // Of three digits, so that no digit behind one becomes a part of it; controls above 7f are two bytes.
    [...new TextEncoder().encode(control)]
      .map((byte) => `\\${String(byte).padStart(3, '0')}`)
      .join(''),
  );
  return `"${escaped}"`;
}

/** The member of a table: `f.address`, `f["values.count"]`. */
export function member(table: string, key: string): string {
  return isName(key) ? `${table}.${key}` : `${table}[${quote(key)}]`;
}

/** The key of a table as its constructor has it. */
export function tableKey(text: string): string {
  return isName(text) ? text : `[${quote(text)}]`;
}

/** `callee(one, two)`; what is undefined at the end is left out, before it is `nil`. */
export function call(callee: string, ...given: readonly (string | number | undefined)[]): string {
  const last = given.findLastIndex((one) => one !== undefined);
  return `${callee}(${given
    .slice(0, last + 1)
    .map((one) => one ?? 'nil')
    .join(', ')})`;
}

/** A comment of as many lines as the text has; empty for an empty text. */
export function comment(text: string): readonly string[] {
  if (text === '') return [];
  return text.split('\n').map((line) => `-- ${line}`.trimEnd());
}

/** The lines, further in. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** Numbers of a table with the names that they have: `{ [1] = "one" }`. */
export function valueNames(names: Iterable<readonly [number, string]>): string {
  const pairs = [...names].map(([value, name]) => `[${value}] = ${quote(name)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text) && !KEYWORDS.has(text);
}

// Those of Lua 5.4, which has the most.
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'and break do else elseif end false for function goto if in local nil not or repeat return ' +
    'then true until while'
  ).split(' '),
);
