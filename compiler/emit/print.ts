/**
 * Text of statements, broken over lines where Prettier (100 columns) breaks them. Generated code
 * has few shapes, so
 * these few rules are enough; a test holds every generated module against Prettier itself.
 */

/** Prettier's `printWidth` for generated modules. */
export const WIDTH = 100;

/** A call can be broken between its arguments, text cannot be broken. */
export type Expression = string | Call;

export type Call = { readonly callee: string; readonly arguments: readonly Expression[] };

/** A call expression. */
export function call(callee: string, ...parameters: readonly Expression[]): Call {
  return { callee, arguments: parameters };
}

/** The text in single quotes, as Prettier quotes it. */
export function quote(text: string): string {
  if (!/[\\\n']/.test(text)) return `'${text}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

/** The expression on one line. */
export function flat(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  return `${expression.callee}(${expression.arguments.map(flat).join(', ')})`;
}

/** An expression as a statement or element: `tail` is what follows it, a semicolon or comma. */
export function printExpression(indent: string, expression: Expression, tail: string): string {
  return indent + broken(expression, indent, { column: indent.length, tail });
}

/**
 * `left expression;`: breaks the call's arguments, or goes to the next line where that helps more.
 */
export function printAssignment(
  indent: string,
  left: string,
  right: Expression,
  tail = ';',
): string {
  const oneLine = `${indent}${left} ${flat(right)}${tail}`;
  if (oneLine.length <= WIDTH) return oneLine;
  if (typeof right === 'string' || isPoorlyBreakable(right)) {
    return `${indent}${left}\n${printExpression(`${indent}  `, right, tail)}`;
  }
  const start = `${indent}${left} `;
  return start + broken(right, indent, { column: start.length, tail });
}

/**
 * `head { a, b } tail` on one line where it fits, otherwise one entry per line, each followed by
 * `separator`.
 */
export function printBraces(
  indent: string,
  parts: { readonly head: string; readonly entries: readonly string[]; readonly tail: string },
  separator: ',' | ';',
): string {
  const { head, entries, tail } = parts;
  if (entries.length === 0) return `${indent}${head}{}${tail}`;
  const oneLine = `${indent}${head}{ ${entries.join(`${separator} `)} }${tail}`;
  if (oneLine.length <= WIDTH && !oneLine.includes('\n')) return oneLine;
  return expandBraces(indent, parts, separator);
}

/** As `printBraces`, always one entry per line. */
export function expandBraces(
  indent: string,
  parts: { readonly head: string; readonly entries: readonly string[]; readonly tail: string },
  separator: ',' | ';',
): string {
  const lines = parts.entries.map(
    (entry) => `${breakType(`${indent}  `, `${entry}${separator}`)}\n`,
  );
  return `${indent}${parts.head}{\n${lines.join('')}${indent}}${parts.tail}`;
}

/** A line with a type; where it is too long, what stands in angle brackets gets a line of its own. */
export function breakType(indent: string, line: string): string {
  if (indent.length + line.length <= WIDTH) return indent + line;
  return indent + line.replace(/<(typeof \w+)>/, `<\n${indent}  $1\n${indent}>`);
}

/** `head(a, b) tail`, one parameter per line when they do not fit. */
export function printParameters(
  indent: string,
  parts: { readonly head: string; readonly entries: readonly string[]; readonly tail: string },
): string {
  const { head, entries, tail } = parts;
  const oneLine = `${indent}${head}(${entries.join(', ')})${tail}`;
  if (oneLine.length <= WIDTH && !oneLine.includes('\n')) return oneLine;
  const lines = entries.map((entry) => `${indent}  ${entry},\n`);
  return `${indent}${head}(\n${lines.join('')}${indent})${tail}`;
}

function broken(
  expression: Expression,
  indent: string,
  place: { readonly column: number; readonly tail: string },
): string {
  const text = flat(expression);
  if (place.column + text.length + place.tail.length <= WIDTH) return text + place.tail;
  if (typeof expression === 'string' || expression.arguments.length === 0) return text + place.tail;
  const inner = `${indent}  `;
  const lines = expression.arguments.map((part) => `${printExpression(inner, part, ',')}\n`);
  return `${expression.callee}(\n${lines.join('')}${indent})${place.tail}`;
}

/**
 * A quarter of the width: Prettier moves a call to the next line before it breaks around so short
 * an argument.
 */
const SHORT_ARGUMENT_MAX = WIDTH / 4;

function isPoorlyBreakable(expression: Call): boolean {
  const [first, second] = expression.arguments;
  if (second !== undefined) return false;
  return first === undefined || (typeof first === 'string' && first.length <= SHORT_ARGUMENT_MAX);
}
