/** Adds handlers to the text of a file: pure insertion, every byte that was there stays. */
import { MagicString } from 'magic-string';
import type { Message } from '../ir/model.ts';
import { type BracedList, insertEntries, type ListStyle } from './braced-list.ts';
import {
  ERROR_NAME,
  type FileStyle,
  inQuotes,
  printHandler,
  printInlineHandler,
} from './stub-text.ts';

/** How the file comes to know the error that stubs throw. */
export type ErrorImport =
  /** It does already, by this name. */
  | { readonly kind: 'known'; readonly name: string }
  /** Into the braces of an import that is there. */
  | { readonly kind: 'join'; readonly list: BracedList; readonly alias: string | undefined }
  /** A line of its own: behind the import that ends at `at`, or in front of what starts there. */
  | {
      readonly kind: 'line';
      readonly at: number;
      readonly isBehind: boolean;
      readonly specifier: string;
      readonly alias: string | undefined;
    };

/** Where handlers go and how they are written. Offsets count from the start of the text. */
export type StubSite = {
  readonly handlers: BracedList;
  readonly errorImport: ErrorImport;
  readonly style: ListStyle;
};

/** The text with a stub for each of the messages; the same text when there are none. */
export function spliceHandlers(text: string, site: StubSite, missing: readonly Message[]): string {
  if (missing.length === 0) return text;
  const target = new MagicString(text);
  const { errorImport, style } = site;
  const errorName = addErrorImport(target, errorImport, style);
  const place = { style: style.file, errorName };
  insertEntries(target, site.handlers, {
    style,
    entries: {
      onLines: (indent) => missing.map((message) => printHandler(message, { indent, ...place })),
      inline: missing.map((message) => printInlineHandler(message, place)),
    },
  });
  return target.toString();
}

/** Gives the name that the error has in the file. */
function addErrorImport(target: MagicString, errorImport: ErrorImport, style: ListStyle): string {
  if (errorImport.kind === 'known') return errorImport.name;
  const { alias } = errorImport;
  const name = alias === undefined ? ERROR_NAME : `${ERROR_NAME} as ${alias}`;
  if (errorImport.kind === 'join') {
    const entries = { onLines: (indent: string) => [indent + name], inline: [name] };
    insertEntries(target, errorImport.list, { style, entries });
  } else {
    const line = importLine(name, errorImport.specifier, style.file);
    const { endOfLine } = style.file;
    const text = errorImport.isBehind ? `${endOfLine}${line}` : `${line}${endOfLine}${endOfLine}`;
    target.appendLeft(errorImport.at, text);
  }
  return alias ?? ERROR_NAME;
}

function importLine(name: string, specifier: string, style: FileStyle): string {
  return `import { ${name} } from ${inQuotes(specifier, style)}${style.semicolon}`;
}
