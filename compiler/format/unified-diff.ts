/** Lines around a change that are shown with it. */
const CONTEXT = 3;

type Mark = ' ' | '-' | '+';

type Line = { readonly mark: Mark; readonly text: string };

/**
 * The unified diff of a text and its formatted form; empty when they are equal. Both have the same
 * characters besides white space, so lines belong together that have as many of them in front: one
 * pass finds what an edit distance would.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = removedFirst(compare(linesOf(before), linesOf(after)));
  const parts = [`--- ${path}\n+++ ${path}\n`];
  for (const { from, to } of hunks(lines)) parts.push(printHunk(lines, from, to));
  return parts.join('');
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  let [i, j, seenBefore, seenAfter] = [0, 0, 0, 0];
  const remove = (mark: Mark): void => {
    const text = before[i++] ?? '';
    seenBefore += weight(text);
    lines.push({ mark, text });
  };
  const add = (): void => {
    const text = after[j++] ?? '';
    seenAfter += weight(text);
    lines.push({ mark: '+', text });
  };
  while (i < before.length || j < after.length) {
    if (i === before.length) add();
    else if (j === after.length) remove('-');
    else if (seenBefore === seenAfter && before[i] === after[j]) {
      seenAfter += weight(after[j++] ?? '');
      remove(' ');
    } else if (seenBefore < seenAfter || weight(before[i] ?? '') === 0) remove('-');
    else if (seenBefore > seenAfter || weight(after[j] ?? '') === 0) add();
    else remove('-');
  }
  return lines;
}

/** What is removed in front of what takes its place. */
function removedFirst(lines: readonly Line[]): readonly Line[] {
  const ordered: Line[] = [];
  let added: Line[] = [];
  for (const line of lines) {
    if (line.mark === '+') {
      added.push(line);
      continue;
    }
    if (line.mark === ' ') {
      for (const one of added) ordered.push(one);
      added = [];
    }
    ordered.push(line);
  }
  return [...ordered, ...added];
}

/** Characters that are not white space. */
function weight(line: string): number {
  return line.replace(/[ \t\r\n]/g, '').length;
}

type Hunk = { readonly from: number; to: number };

function hunks(lines: readonly Line[]): readonly Hunk[] {
  const found: Hunk[] = [];
  for (const [at, { mark }] of lines.entries()) {
    if (mark === ' ') continue;
    const last = found.at(-1);
    const to = Math.min(lines.length, at + 1 + CONTEXT);
    if (last !== undefined && at - CONTEXT <= last.to) last.to = to;
    else found.push({ from: Math.max(0, at - CONTEXT), to });
  }
  return found;
}

function printHunk(lines: readonly Line[], from: number, to: number): string {
  const range = (other: Mark): string => {
    const isIn = ({ mark }: Line): boolean => mark !== other;
    const count = lines.slice(from, to).filter(isIn).length;
    const first = lines.slice(0, from).filter(isIn).length + (count === 0 ? 0 : 1);
    return count === 1 ? String(first) : `${first},${count}`;
  };
  const body = lines.slice(from, to).map(({ mark, text }) => {
    return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
  });
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}
