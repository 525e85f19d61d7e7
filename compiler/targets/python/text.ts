/** Python source as `ruff format` leaves it: lines of 88 columns, four spaces, double quotes. */

/** The line length that ruff and black take without being told. */
const WIDTH = 88;

const INDENT = '    ';

/** A word, or something in brackets that can be broken over lines. */
export type Expression = string | Bracketed;

type Bracketed = {
  /** With the opening bracket. */
  readonly head: string;
  readonly items: readonly Expression[];
  /** With the closing bracket. */
  readonly tail: string;
  /** True for a comprehension, whose parts have no commas. */
  readonly isComprehension?: boolean;
};

/** `name(a, b)`. */
export function call(name: string, ...items: readonly Expression[]): Bracketed {
  return { head: `${name}(`, items, tail: ')' };
}

/** `[a, b]`. */
export function listOf(items: readonly Expression[]): Bracketed {
  return { head: '[', items, tail: ']' };
}

/** `(a, b)`, and `(a,)`. */
export function tupleOf(items: readonly Expression[]): Bracketed {
  return { head: '(', items, tail: items.length === 1 ? ',)' : ')' };
}

/** `[made for item in source]`. */
export function comprehension(made: Expression, item: string, source: Expression): Bracketed {
  const loop = { head: `for ${item} in `, items: [source], tail: '' };
  const items = [made, typeof source === 'string' ? flat(loop) : loop];
  return { head: '[', items, tail: ']', isComprehension: true };
}

/** On one line. */
export function flat(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  const { head, isComprehension, items, tail } = expression;
  return `${head}${items.map(flat).join(isComprehension === true ? ' ' : ', ')}${tail}`;
}

/**
 * `start` and the expression, on one line if it fits, and otherwise with an item a line. The comma
 * behind the last item makes that form the only one that the formatter accepts.
 */
export function statement(indent: string, start: string, expression: Expression, end = ''): string {
  return `${indent}${start}${broken(indent, start.length, expression, end)}\n`;
}

function broken(indent: string, used: number, expression: Expression, end: string): string {
  const line = `${flat(expression)}${end}`;
  const fits = indent.length + used + line.length <= WIDTH;
  if (typeof expression === 'string' || fits || expression.items.length === 0) return line;
  const { head, isComprehension, items, tail } = expression;
  const inner = `${indent}${INDENT}`;
  const separator = isComprehension === true ? '' : ',';
  const lines = items.map((item) => `${inner}${broken(inner, 0, item, separator)}\n`);
  return `${head}\n${lines.join('')}${indent}${tail.replace(/^,/, '')}${end}`;
}

/** `def name(parameters) -> result:`; `before` is `async ` or nothing. */
export function functionHead(
  indent: string,
  { before = '', name, parameters, result }: FunctionHead,
): string {
  const head = { head: `def ${name}(`, items: parameters, tail: `) -> ${result}:` };
  return statement(indent, before, head);
}

type FunctionHead = {
  readonly before?: 'async ' | '';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly result: string;
};

/** A docstring of paragraphs; those that are empty are left out. */
export function docstring(indent: string, paragraphs: readonly string[]): string {
  const text = paragraphs.filter((one) => one !== '').join('\n\n');
  // What other programs take for the end of a line, and what nobody sees, is white space.
  const plain = text.replace(/[^\P{C}\n\u200c\u200d]|[\u2028\u2029]/gu, ' ');
  const { start, words } = escaped(plain.trim());
  const width = WIDTH - indent.length;
  const lines = words.split('\n').flatMap((line, at) => {
    // One that stands alone has the end of the string behind it.
    const isAlone = !words.includes('\n') && words.length + 2 * start.length > width;
    return wrap(line, width, at === 0 ? start.length + (isAlone ? 3 : 0) : 0);
  });
  const [first = '', ...others] = lines;
  if (others.length === 0) return `${indent}${start}${first}${first.endsWith('"') ? ' ' : ''}"""\n`;
  const rest = others.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
  return `${indent}${start}${first}\n${rest}${indent}"""\n`;
}

/** Without white space at the ends of lines, and with what would end the string escaped. */
function escaped(text: string): { readonly start: string; readonly words: string } {
  const clean = text.replace(/[^\S\n]+$/gm, '');
  const spaced = clean.startsWith('"') ? ` ${clean}` : clean;
  if (!clean.includes('\\') && !clean.includes('"""')) return { start: '"""', words: spaced };
  if (!clean.includes('"""') && !clean.endsWith('\\')) return { start: 'r"""', words: spaced };
  const words = spaced.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  return { start: '"""', words };
}

/** Breaks a line at its spaces; `used` columns of the first are taken. */
function wrap(line: string, width: number, used: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(indent.length).split(/ +/)) {
    const taken = lines.length === 0 ? used : 0;
    const longer = current === '' ? `${indent}${word}` : `${current} ${word}`;
    if (current !== '' && longer.length + taken > width) {
      lines.push(current);
      current = `${indent}${word}`;
    } else current = longer;
  }
  return [...lines, current];
}

/** A string literal of printable ASCII. */
export function quote(text: string): string {
  const escapes = text.replace(/[\\"]/g, '\\$&').replace(/[^ -~]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escapes}"`;
}

/** Where the parts of a class stand. */
export const IN_CLASS = INDENT;

/** Where the statements of a method stand. */
export const IN_METHOD = `${INDENT}${INDENT}`;
