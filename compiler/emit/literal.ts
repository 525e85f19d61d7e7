/**
 * Literals of any depth, broken over lines where Prettier breaks them; a test holds them against
 * Prettier itself.
 */
import { WIDTH } from './print.ts';

export type Literal =
  /** Cannot be broken. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Literal])[] }
  | { readonly kind: 'array'; readonly items: readonly Literal[]; readonly areNumbers: boolean }
  /** `head(argument)`, `head` being a function or `new` and a class. */
  | { readonly kind: 'call'; readonly head: string; readonly argument: Literal | undefined };

/** Where a literal is printed: what stands before it on its line, and how much comes behind it. */
export type LiteralPlace = {
  readonly indent: string;
  readonly column: number;
  readonly tail: number;
};

/** The literal, its first line without what stands before it. */
function printLiteral(literal: Literal, place: LiteralPlace): string {
  const oneLine = flatLiteral(literal);
  if (!mustBreak(literal) && place.column + oneLine.length + place.tail <= WIDTH) return oneLine;
  switch (literal.kind) {
    case 'text':
      return literal.text;
    case 'object':
      return printObject(literal.entries, place.indent);
    case 'array':
      return printArray(literal, place.indent);
    case 'call':
      return printCall(literal.head, literal.argument, place);
  }
}

/** `left literal;`, with `left` at the start of a line. */
export function printLiteralAssignment(indent: string, left: string, literal: Literal): string {
  return `${indent}${assigned(indent, left, literal)};\n`;
}

/** An entry of an object, or an assignment: the value may go to a line of its own. */
function assigned(indent: string, left: string, literal: Literal): string {
  const start = `${left} `;
  const place = { indent, column: indent.length + start.length, tail: 1 };
  // Below a key this short, a text would gain next to nothing.
  const isShortKey = left.endsWith(':') && left.length <= SHORT_KEY_MAX + 1;
  if (isShortKey && literal.kind === 'text') return start + literal.text;
  const isTooLong =
    mustBreak(literal) || place.column + flatLiteral(literal).length + place.tail > WIDTH;
  if (!isTooLong || !goesBelow(literal)) return start + printLiteral(literal, place);
  const inner = `${indent}  `;
  const below = { indent: inner, column: inner.length, tail: 1 };
  return `${left}\n${inner}${printLiteral(literal, below)}`;
}

/** A quarter of the width: a call around so short an argument is not worth breaking. */
const SHORT_ARGUMENT_MAX = WIDTH / 4;

/** The indentation and two columns more. */
const SHORT_KEY_MAX = 4;

function goesBelow(literal: Literal): boolean {
  if (literal.kind === 'text') return true;
  if (literal.kind !== 'call') return false;
  const { argument } = literal;
  return argument?.kind === 'text' && argument.text.length <= SHORT_ARGUMENT_MAX;
}

function flatLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'text':
      return literal.text;
    case 'object': {
      const entries = literal.entries.map(([key, value]) => `${key}: ${flatLiteral(value)}`);
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
    }
    case 'array':
      return `[${literal.items.map(flatLiteral).join(', ')}]`;
    case 'call':
      return `${literal.head}(${literal.argument === undefined ? '' : flatLiteral(literal.argument)})`;
  }
}

/** Prettier never puts several objects, or several lists, of several parts each into one line. */
function mustBreak(literal: Literal): boolean {
  switch (literal.kind) {
    case 'text':
      return false;
    case 'object':
      return literal.entries.some(([, value]) => mustBreak(value));
    case 'array': {
      const { items } = literal;
      const areRows =
        items.length > 1 &&
        items.every((item) => item.kind === items[0]?.kind && partsOf(item) > 1);
      return areRows || items.some(mustBreak);
    }
    case 'call':
      return literal.argument !== undefined && mustBreak(literal.argument);
  }
}

function partsOf(literal: Literal): number {
  if (literal.kind === 'object') return literal.entries.length;
  return literal.kind === 'array' ? literal.items.length : 0;
}

function printObject(entries: readonly (readonly [string, Literal])[], indent: string): string {
  const inner = `${indent}  `;
  const lines = entries.map(([key, value]) => `${inner}${assigned(inner, `${key}:`, value)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

function printArray(
  { areNumbers, items }: Extract<Literal, { kind: 'array' }>,
  indent: string,
): string {
  const inner = `${indent}  `;
  if (areNumbers) return `[\n${fill(items.map(flatLiteral), inner)}${indent}]`;
  const place = { indent: inner, column: inner.length, tail: 1 };
  const lines = items.map((item) => `${inner}${printLiteral(item, place)},\n`);
  return `[\n${lines.join('')}${indent}]`;
}

/** As many numbers on a line as fit. */
function fill(numbers: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const number of numbers) {
    const added = line === indent ? `${number},` : ` ${number},`;
    if (line !== indent && line.length + added.length > WIDTH) {
      lines.push(`${line}\n`);
      line = `${indent}${number},`;
    } else {
      line += added;
    }
  }
  return [...lines, `${line}\n`].join('');
}

function printCall(head: string, argument: Literal | undefined, place: LiteralPlace): string {
  const { column, indent, tail } = place;
  if (argument === undefined) return `${head}()`;
  if (argument.kind === 'object' || argument.kind === 'array') {
    const inside = { indent, column: column + head.length + 1, tail: tail + 1 };
    return `${head}(${printLiteral(argument, inside)})`;
  }
  const inner = `${indent}  `;
  const below = { indent: inner, column: inner.length, tail: 1 };
  return `${head}(\n${inner}${printLiteral(argument, below)},\n${indent})`;
}

/**
 * What is written as it is: letters that are one column wide everywhere. Prettier counts columns,
 * and how wide an ideograph or an emoji is changes with its tables.
 */
const PLAIN = /[\x20-\x7e\u00c0-\u024f\u0370-\u03ff\u0400-\u0482]/;

/** The text in the quotes that need fewer escapes, as Prettier quotes it. */
export function quoteText(text: string): string {
  const single = text.split("'").length - 1;
  const double = text.split('"').length - 1;
  const quote = single > double ? '"' : "'";
  const escaped = text.replace(/\\|[^\x20-\x7e]/gu, (character) => {
    if (character === '\\') return '\\\\';
    if (character === '\n') return '\\n';
    if (PLAIN.test(character)) return character;
    return Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join('');
  });
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}
