/** The text of one handler, in the style of the file it goes to. */
import { docComment } from '../emit/doc-comment.ts';
import { handlerName } from '../emit/names.ts';
import type { Message } from '../ir/model.ts';
import type { FileStyle } from './file-style.ts';

/** The name the stubs throw. */
export const ERROR_NAME = 'NotImplementedError';

/** Where a handler stands and what it can name there. */
export type HandlerPlace = {
  readonly indent: string;
  readonly style: FileStyle;
  /** The error's name in the file. */
  readonly errorName: string;
  /**
   * The handlers' type, for a member of a class: types of its parameters are not inferred. Undefined
   * in an object, and in JavaScript.
   */
  readonly handlersType: string | undefined;
};

/** A handler of several lines, without what separates it from the next. */
export function printHandler(message: Message, place: HandlerPlace): string {
  const { indent, style } = place;
  const doc = docComment(indent, [message.doc]);
  const lines = `${doc}${printHead(message, place)}\n${printThrow(message, place)}\n${indent}}`;
  return lines.replaceAll('\n', style.endOfLine);
}

/** A handler on one line, for what is written so. */
export function printInlineHandler(message: Message, place: HandlerPlace): string {
  const head = headOf(message, place);
  const [name, at] = throwParts(message, place.style);
  return `${head} { throw new ${place.errorName}(${name}, ${at})${place.style.semicolon} }`;
}

type Head = Pick<HandlerPlace, 'style' | 'handlersType'>;

/** A method without its body. In a class both types come from the handlers' own. */
function headOf(message: Message, place: Head): string {
  const name = handlerName(message.name);
  const type = memberType(message, place);
  if (type === undefined) return `${name}(_message, _context)`;
  return `${name}(${PARAMETERS}<${type}>): ReturnType<${type}>`;
}

const PARAMETERS = '...[_message, _context]: Parameters';

function memberType(message: Message, { handlersType, style }: Head): string | undefined {
  if (handlersType === undefined) return undefined;
  return `${handlersType}[${inQuotes(handlerName(message.name), style)}]`;
}

function printHead(message: Message, place: HandlerPlace): string {
  const { indent, style } = place;
  const line = `${indent}${headOf(message, place)} {`;
  const type = memberType(message, place);
  if (type === undefined || columns(line, style) <= style.width) return line;
  const inner = indent + style.unit;
  const parameters = printGeneric(`${inner}${PARAMETERS}`, type, {
    indent: inner,
    style,
    tail: '',
  });
  const result = printGeneric(`${indent}): ReturnType`, type, { indent, style, tail: ' {' });
  return `${indent}${handlerName(message.name)}(\n${parameters}\n${result}`;
}

/** `name<type>`, with the type in a line of its own where one line is too short. */
function printGeneric(
  name: string,
  type: string,
  place: { readonly indent: string; readonly style: FileStyle; readonly tail: string },
): string {
  const { indent, style, tail } = place;
  const line = `${name}<${type}>${tail}`;
  if (columns(line, style) <= style.width) return line;
  return `${name}<\n${indent}${style.unit}${type}\n${indent}>${tail}`;
}

function printThrow(message: Message, { errorName, indent, style }: HandlerPlace): string {
  const inner = indent + style.unit;
  const [name, at] = throwParts(message, style);
  const line = `${inner}throw new ${errorName}(${name}, ${at})${style.semicolon}`;
  if (columns(line, style) <= style.width) return line;
  const deep = inner + style.unit;
  const comma = style.trailingCommas === 'all' ? ',' : '';
  const parts = `${deep}${name},\n${deep}${at}${comma}\n`;
  return `${inner}throw new ${errorName}(\n${parts}${inner})${style.semicolon}`;
}

/** Columns that a line takes on the screen. */
function columns(line: string, style: FileStyle): number {
  return line.replaceAll('\t', ' '.repeat(style.tabWidth)).length;
}

function throwParts(message: Message, style: FileStyle): readonly [string, string] {
  const { path, line } = message.place;
  return [inQuotes(message.name, style), inQuotes(`${path}:${line}`, style)];
}

/** The text as a string literal with the file's quotes. */
export function inQuotes(text: string, style: FileStyle): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(style.quote, `\\${style.quote}`);
  return `${style.quote}${escaped}${style.quote}`;
}
