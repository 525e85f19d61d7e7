/** The text of handler stubs: a new file, and one handler in the style of the file it goes to. */
import type { Message } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { handlerName, isReserved, lowerFirst } from './names.ts';
import { quote, WIDTH } from './print.ts';

/** What stubs are written for. */
export type StubRequest = {
  /** The community's name. */
  readonly community: string;
  readonly doc: string;
  /** Every message that needs a handler, inherited ones included. */
  readonly messages: readonly Message[];
  /** The name of the protocol constant and what the file imports it from. */
  readonly protocol: { readonly name: string; readonly specifier: string };
  /** The name of the handlers' type in the same module. */
  readonly handlersType: string;
  /** What the file imports the runtime from. */
  readonly runtime: string;
};

/** How a file is written. */
export type FileStyle = {
  readonly endOfLine: '\n' | '\r\n';
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
};

const NEW_FILE_STYLE: FileStyle = { endOfLine: '\n', unit: '  ', quote: "'", semicolon: ';' };

/** The name the stubs throw. */
export const ERROR_NAME = 'NotImplementedError';

/** A file with one stub per message, to start from. */
export function printStubFile(request: StubRequest): string {
  const { community, doc, messages, protocol, runtime } = request;
  const plain = lowerFirst(community);
  const name = isReserved(plain) || plain === 'create' ? `${plain}Community` : plain;
  const indent = ' '.repeat(8);
  const handlers = messages.map((message) => {
    return `${printHandler(message, { indent, style: NEW_FILE_STYLE, errorName: ERROR_NAME })},\n`;
  });
  const names = messages.length === 0 ? '' : `${ERROR_NAME}, `;
  const body = handlers.length === 0 ? '{}' : `{\n${handlers.join('')}      }`;
  const keyword =
    messages.length === 0 ? 'import type { Community' : `import { ${names}type Community`;
  return `${keyword} } from ${quote(runtime)};
import { ${protocol.name} } from ${quote(protocol.specifier)};

${docComment('', [doc])}export const ${name}: Community<typeof ${protocol.name}> = {
  protocol: ${protocol.name},
  create(_overlay) {
    return {
      handlers: ${body},
    };
  },
};
`;
}

/** A handler of several lines, without what separates it from the next. */
export function printHandler(
  message: Message,
  place: { readonly indent: string; readonly style: FileStyle; readonly errorName: string },
): string {
  const { indent, style } = place;
  const doc = docComment(indent, [message.doc]);
  const inner = indent + style.unit;
  const name = handlerName(message.name);
  const thrown = printThrow(message, place);
  const line =
    inner.length + thrown.length <= WIDTH
      ? thrown
      : printBrokenThrow(message, { ...place, indent: inner });
  const lines = `${doc}${indent}${name}(_message, _context) {\n${inner}${line}\n${indent}}`;
  return lines.replaceAll('\n', style.endOfLine);
}

/** A handler on one line, for objects that are written so. */
export function printInlineHandler(
  message: Message,
  place: { readonly style: FileStyle; readonly errorName: string },
): string {
  return `${handlerName(message.name)}(_message, _context) { ${printThrow(message, place)} }`;
}

type ThrowPlace = { readonly style: FileStyle; readonly errorName: string };

function printThrow(message: Message, { style, errorName }: ThrowPlace): string {
  const [name, place] = throwParts(message, style);
  return `throw new ${errorName}(${name}, ${place})${style.semicolon}`;
}

function printBrokenThrow(
  message: Message,
  place: ThrowPlace & { readonly indent: string },
): string {
  const { errorName, indent, style } = place;
  const parts = throwParts(message, style).map((part) => `${indent}${style.unit}${part},\n`);
  return `throw new ${errorName}(\n${parts.join('')}${indent})${style.semicolon}`;
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
