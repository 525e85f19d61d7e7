/**
 * Adds entries to a list in braces (an object literal, the names of an import) in the way it is
 * written.
 */
import type { FileStyle } from './file-style.ts';
import { hasEmptyLine, indentAt, type Insertion, isBlank, lineStart } from './text.ts';
import type { Range } from './tree.ts';

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
  /** Whether entries of one line get lines of their own, where white space allows it. */
  readonly unfolds: boolean;
};

type Options = { readonly entries: NewEntries; readonly style: FileStyle };

/** Inserts the entries behind the last one. Nothing is removed or changed. */
export function insertEntries(
  text: string,
  list: BracedList,
  options: Options,
): readonly Insertion[] {
  const { entries, style } = options;
  const last = list.entries.at(-1);
  if (last === undefined) return insertIntoEmpty(text, list, options);
  const isOneLine = !text.slice(list.range.start, list.range.end).includes('\n');
  if (isOneLine) {
    const unfolded = entries.unfolds ? unfold(text, list, options) : undefined;
    if (unfolded !== undefined) return unfolded;
    const at = list.trailingCommaEnd ?? last.end;
    const comma = list.trailingCommaEnd === undefined ? ',' : '';
    const added = `${comma} ${entries.inline.join(', ')}${comma === '' ? ',' : ''}`;
    return [{ at, text: added }];
  }
  const { endOfLine } = style;
  const gap = isSpaced(text, list) ? endOfLine : '';
  const added = entries.onLines(entryIndent(text, list, style)).join(`,${endOfLine}${gap}`);
  const hasComma = list.trailingCommaEnd !== undefined;
  const comma: readonly Insertion[] = hasComma ? [] : [{ at: last.end, text: ',' }];
  const block = `${gap}${added}${hasComma ? ',' : ''}`;
  const closing = lineStart(text, list.range.end - 1);
  if (isBlank(text.slice(closing, list.range.end - 1)) && closing > last.end) {
    return [...comma, { at: closing, text: `${block}${endOfLine}` }];
  }
  return [...comma, { at: list.trailingCommaEnd ?? last.end, text: `${endOfLine}${block}` }];
}

function insertIntoEmpty(
  text: string,
  list: BracedList,
  { entries, style }: Options,
): readonly Insertion[] {
  const { endOfLine, unit } = style;
  const open = list.range.start + 1;
  const close = list.range.end - 1;
  const base = indentAt(text, list.range.start);
  const added = entries.onLines(base + unit).join(`,${endOfLine}`);
  const block = added + lastComma(style);
  const closing = lineStart(text, close);
  if (closing > open && isBlank(text.slice(closing, close))) {
    return [{ at: closing, text: `${block}${endOfLine}` }];
  }
  const inside = text.slice(open, close);
  if (!isBlank(inside)) return [{ at: close, text: `${endOfLine}${block}${endOfLine}${base}` }];
  // What stood between the braces becomes a part of the closing brace's indentation.
  const rest = base.endsWith(inside) ? base.slice(0, base.length - inside.length) : base;
  return [{ at: open, text: `${endOfLine}${block}${endOfLine}${rest}` }];
}

function lastComma(style: FileStyle): string {
  return style.trailingCommas === 'none' ? '' : ',';
}

/**
 * Gives every entry of a one-line list a line of its own. Spaces that stand between the entries stay
 * and become parts of the new indentation; undefined where they cannot.
 */
function unfold(
  text: string,
  list: BracedList,
  { entries, style }: Options,
): readonly Insertion[] | undefined {
  const { endOfLine, unit } = style;
  const base = indentAt(text, list.range.start);
  const inner = base + unit;
  const insertions: Insertion[] = [];
  let before = list.range.start + 1;
  for (const [at, { start, end }] of list.entries.entries()) {
    const gap = text.slice(before, start).replace(at === 0 ? '' : ',', '');
    if (!inner.endsWith(gap)) return undefined;
    const lead = `${endOfLine}${inner.slice(0, inner.length - gap.length)}`;
    insertions.push({ at: start - gap.length, text: lead });
    before = end;
  }
  const last = list.trailingCommaEnd ?? before;
  const gap = text.slice(last, list.range.end - 1);
  const comma = list.trailingCommaEnd === undefined ? ',' : '';
  const added = entries.onLines(inner).join(`,${endOfLine}`);
  const block = `${comma}${endOfLine}${added}${lastComma(style)}${endOfLine}${base}`;
  // The gap may stay anywhere in the block where it would stand anyway.
  const split = block.lastIndexOf(gap);
  if (!isBlank(gap) || split < 0) return undefined;
  insertions.push({ at: last, text: block.slice(0, split) });
  insertions.push({ at: last + gap.length, text: block.slice(split + gap.length) });
  return insertions;
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
  return hasEmptyLine(text.slice(before.end, last.start));
}
