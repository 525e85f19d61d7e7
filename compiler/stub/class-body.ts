/** Adds methods to a class: behind the last handler that is there, or at the end. */
import type { FileStyle } from './file-style.ts';
import { hasEmptyLine, indentAt, type Insertion, isBlank, lineStart } from './text.ts';
import type { Range } from './tree.ts';

/** A class body that stands in a text. */
export type ClassBody = {
  /** From `{` to behind `}`. */
  readonly range: Range;
  /** Each to behind its last character, a semicolon included. */
  readonly members: readonly Range[];
  /** Which member the new ones follow; undefined for an empty body. */
  readonly after: number | undefined;
  /** That member is a property without a semicolon, so that nothing may follow it in its line. */
  readonly isOpen: boolean;
  /** Behind the comments that follow that member in its line; in an empty body, behind `{`. */
  readonly lineEnd: number;
};

/** New methods, in both forms: the class decides which one it takes. */
export type NewMethods = {
  readonly onLines: (indent: string) => readonly string[];
  readonly inline: readonly string[];
};

/** Inserts the methods. Nothing is removed or changed. */
export function insertMethods(
  text: string,
  body: ClassBody,
  { methods, style }: { readonly methods: NewMethods; readonly style: FileStyle },
): readonly Insertion[] {
  const { endOfLine, unit } = style;
  const base = indentAt(text, body.range.start);
  const close = body.range.end - 1;
  const after = body.after === undefined ? undefined : body.members[body.after];
  if (after === undefined) return insertIntoEmpty(text, body, { base, methods, style });
  const next = body.members[(body.after ?? 0) + 1]?.start ?? close;
  if (!text.slice(body.lineEnd, next).includes('\n')) {
    if (!text.slice(body.range.start, close).includes('\n')) {
      const end = body.isOpen ? ';' : '';
      return [{ at: body.lineEnd, text: `${end} ${methods.inline.join(' ')}` }];
    }
    const block = methods.onLines(memberIndent(text, body) ?? base + unit);
    return [{ at: body.lineEnd, text: endOfLine + block.join(endOfLine) + endOfLine + base }];
  }
  const gap = isSpaced(text, body) ? endOfLine : '';
  const added = methods.onLines(memberIndent(text, body) ?? base + unit);
  const block = added.map((method) => `${endOfLine}${gap}${method}`).join('');
  return [{ at: body.lineEnd, text: block }];
}

function insertIntoEmpty(
  text: string,
  { range, lineEnd }: ClassBody,
  around: { readonly base: string; readonly methods: NewMethods; readonly style: FileStyle },
): readonly Insertion[] {
  const { base, methods, style } = around;
  const { endOfLine, unit } = style;
  const close = range.end - 1;
  const block = methods.onLines(base + unit).join(`${endOfLine}${endOfLine}`);
  const closing = lineStart(text, close);
  if (closing > range.start && isBlank(text.slice(closing, close))) {
    return [{ at: closing, text: `${block}${endOfLine}` }];
  }
  const inside = text.slice(lineEnd, close);
  // White space that stood in the braces becomes a part of the closing brace's indentation.
  const rest = isBlank(inside) && base.endsWith(inside) ? base.slice(inside.length) : base;
  const at = isBlank(inside) ? lineEnd : close;
  return [{ at, text: `${endOfLine}${block}${endOfLine}${rest}` }];
}

function memberIndent(text: string, { members }: ClassBody): string | undefined {
  const indents = members.map(({ start }) => text.slice(lineStart(text, start), start));
  return indents.find(isBlank);
}

/** Between methods stands an empty line, unless the class shows that it wants none. */
function isSpaced(text: string, { after, members }: ClassBody): boolean {
  if (members.length < 2 || after === undefined) return true;
  const at = Math.max(1, after);
  return hasEmptyLine(text.slice(members[at - 1]?.end, members[at]?.start));
}
