/** The text of Python's literals → their values. */

/** `0x1F`, `1_000`, `0b1`; undefined for what is no integer. */
export function integerOf(text: string): bigint | undefined {
  const digits = text.replaceAll('_', '').toLowerCase();
  const isInteger = /^(?:\d+|0x[0-9a-f]+|0o[0-7]+|0b[01]+)$/.test(digits);
  // Longer ones are no id, no size and no length of anything here.
  return isInteger && digits.length <= DIGITS_MAX ? BigInt(digits) : undefined;
}

/** BigInt takes time with the square of its digits. */
const DIGITS_MAX = 100;

const LITERAL = /^([a-zA-Z]*)('''|"""|'|")([\s\S]*)\2$/;

/** A text or bytes literal; undefined for `f"…"` and for escapes that need Unicode's names. */
export function stringOf(
  literal: string,
):
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | undefined {
  const [, prefix = '', , inside] = LITERAL.exec(literal) ?? [];
  const marks = prefix.toLowerCase();
  if (inside === undefined || !/^(?:|u|r|b|br|rb)$/.test(marks)) return undefined;
  const isBytes = marks.includes('b');
  const lines = inside.replace(/\r\n?/g, '\n');
  const text = marks.includes('r') ? lines : unescape(lines, isBytes);
  if (text === undefined) return undefined;
  if (!isBytes) return { kind: 'text', text };
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  return codes.every((code) => code < 256)
    ? { kind: 'bytes', bytes: Uint8Array.from(codes) }
    : undefined;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(N\{[^}]*\})|([\s\S]))/g;

function unescape(text: string, isBytes: boolean): string | undefined {
  let isKnown = true;
  type Part = string | undefined;
  const plain = text.replace(
    ESCAPE,
    (whole: string, octal: Part, hex: Part, short: Part, long: Part, name: Part, other: Part) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      // In bytes these are no escapes.
      if (isBytes && (short ?? long ?? name) !== undefined) return whole;
      const code = parseInt(short ?? long ?? '0', 16);
      if (name !== undefined || code > 0x10ffff) isKnown = false;
      if (!isKnown) return '';
      if (short !== undefined || long !== undefined) return String.fromCodePoint(code);
      return SIMPLE[other ?? ''] ?? whole;
    },
  );
  return isKnown ? plain : undefined;
}
