/**
 * Adds entries to a list in braces (an object literal, the names of an import) in the way it is
 * written.
 */
import type { MagicString } from 'magic-string';
import type { FileStyle } from './stub-text.ts';

/** Half-open range of offsets. */
export type Range = { readonly start: number; readonly end: number };

/** A list in braces that stands in a text. */
export type BracedList = {
  /** From `{` to behind `}`. */
  readonly range: Range;
  readonly entries: readonly Range[];
  /** The end of the comma behind the last entry; undefined when there is none. */
  readonly trailingCommaEnd: number | undefined;
};

/** What to add, in both forms: the list decides which one it takes. */
export type NewEntries = {
  readonly onLines: (indent: string) => readonly string[];
  readonly inline: readonly string[];
};

/** How the file is written, as far as the list itself does not tell. */
export type ListStyle = {
  readonly file: FileStyle;
  /** Whether lists of several lines end with a comma. */
  readonly hasTrailingCommas: boolean;
};

/** Inserts the entries behind the last one. Nothing is removed or changed. */
export function insertEntries(
  target: MagicString,
  list: BracedList,
  options: { readonly entries: NewEntries; readonly style: ListStyle },
): void {
  const text = target.original;
  const { entries, style } = options;
  const last = list.entries.at(-1);
  if (last === undefined) return insertIntoEmpty(target, list, options);
  const isOneLine = !text.slice(list.range.start, list.range.end).includes('\n');
  if (isOneLine) {
    const at = list.trailingCommaEnd ?? last.end;
    const comma = list.trailingCommaEnd === undefined ? ',' : '';
    target.appendLeft(at, `${comma} ${entries.inline.join(', ')}${comma === '' ? ',' : ''}`);
    return;
  }
  const { endOfLine } = style.file;
  const lines = entries.onLines(entryIndent(text, list, style.file));
  const separator = `,${endOfLine}${isSpaced(text, list) ? endOfLine : ''}`;
  const added = lines.join(separator);
  const hasComma = list.trailingCommaEnd !== undefined;
  if (!hasComma) target.appendLeft(last.end, ',');
  const closing = lineStart(text, list.range.end - 1);
  const gap = isSpaced(text, list) ? endOfLine : '';
  if (isBlank(text.slice(closing, list.range.end - 1)) && closing > last.end) {
    target.appendLeft(closing, `${gap}${added}${hasComma ? ',' : ''}${endOfLine}`);
  } else {
    const at = list.trailingCommaEnd ?? last.end;
    target.appendLeft(at, `${endOfLine}${gap}${added}${hasComma ? ',' : ''}`);
  }
}

function insertIntoEmpty(
  target: MagicString,
  list: BracedList,
  options: { readonly entries: NewEntries; readonly style: ListStyle },
): void {
  const text = target.original;
  const { entries, style } = options;
  const { endOfLine, unit } = style.file;
  const open = list.range.start + 1;
  const close = list.range.end - 1;
  const base = indentAt(text, list.range.start);
  const added = entries.onLines(base + unit).join(`,${endOfLine}`);
  const block = added + (style.hasTrailingCommas ? ',' : '');
  const closing = lineStart(text, close);
  if (closing > open && isBlank(text.slice(closing, close))) {
    target.appendLeft(closing, `${block}${endOfLine}`);
    return;
  }
  const inside = text.slice(open, close);
  if (isBlank(inside)) {
    // What stood between the braces becomes a part of the closing brace's indentation.
    const rest = base.endsWith(inside) ? base.slice(0, base.length - inside.length) : base;
    target.appendLeft(open, `${endOfLine}${block}${endOfLine}${rest}`);
    return;
  }
  target.appendLeft(close, `${endOfLine}${block}${endOfLine}${base}`);
}

/**
 * The indentation of the entries that begin a line; one step more than the list's when none does.
 */
function entryIndent(text: string, list: BracedList, style: FileStyle): string {
  for (const { start } of list.entries) {
    const indent = text.slice(lineStart(text, start), start);
    if (isBlank(indent)) return indent;
  }
  return indentAt(text, list.range.start) + style.unit;
}

/** True when an empty line stands between the last two entries. */
function isSpaced(text: string, list: BracedList): boolean {
  const [before, last] = list.entries.slice(-2);
  if (before === undefined || last === undefined) return false;
  return /\n[ \t]*\r?\n/.test(text.slice(before.end, last.start));
}

/** The white space at the start of the line that holds the offset. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
