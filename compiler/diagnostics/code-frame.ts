/** Source lines with what is said about them underneath, in rustc's form. */
import { lineText, positionAt } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import type { Diagnostic, Label } from './diagnostic.ts';
import type { Paint, Role } from './paint.ts';
import { printable } from './printable.ts';

/** The labels of one source. */
export type Frame = {
  readonly source: Source;
  /** Offset that the frame's title shows. */
  readonly start: number;
  readonly marks: readonly Mark[];
};

type Mark = Label & { readonly role: Role };

/** One frame per source, the primary label's first. */
export function framesOf({ primary, others, severity }: Diagnostic): readonly Frame[] {
  const marks: Mark[] = [
    { ...primary, role: severity },
    ...others.map((label): Mark => ({ ...label, role: 'other' })),
  ];
  const sources = [...new Set(marks.map(({ span }) => span.source))];
  return sources.flatMap((source) => {
    const own = marks.filter(({ span }) => span.source === source);
    const first = own[0];
    return first === undefined ? [] : [{ source, start: first.span.start, marks: own }];
  });
}

/** How a frame is drawn. */
export type FrameStyle = { readonly paint: Paint; readonly width: number; readonly gutter: string };

/** The lines of a frame: source, underlines and labels. */
export function renderFrame(frame: Frame, style: FrameStyle): readonly string[] {
  const bar = `${style.gutter} ${style.paint('gutter', '|')}`;
  const byLine = new Map<number, Mark[]>();
  for (const mark of frame.marks) {
    const { line } = positionAt(frame.source, mark.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), mark]);
  }
  const out = [bar];
  let before: number | undefined;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    if (before !== undefined && line === before + 2) {
      out.push(sourceLine(frame.source, before + 1, style));
    } else if (before !== undefined && line > before + 2) out.push('...');
    const text = cut(frame.source, line, { marks: byLine.get(line) ?? [], width: style.width });
    const number = String(line).padStart(style.gutter.length);
    out.push(style.paint('gutter', `${number} |`) + ` ${text.shown}`.trimEnd());
    out.push(...underline(text.marks, style.paint).map((row) => `${bar} ${row}`));
    before = line;
  }
  out.push(bar);
  return out;
}

function sourceLine(source: Source, line: number, style: FrameStyle): string {
  const { shown } = cut(source, line, { marks: [], width: style.width });
  const number = String(line).padStart(style.gutter.length);
  return style.paint('gutter', `${number} |`) + ` ${shown}`.trimEnd();
}

/** A mark in columns of the shown text. */
type Drawn = {
  readonly column: number;
  readonly length: number;
  readonly text: string;
  readonly role: Role;
};

/** The part of a line that fits, and the marks moved to where it shows them. */
function cut(
  source: Source,
  line: number,
  { marks, width }: { readonly marks: readonly Mark[]; readonly width: number },
): { readonly shown: string; readonly marks: readonly Drawn[] } {
  const text = lineText(source, line);
  const start = source.lineStarts[line - 1] ?? 0;
  const room = Math.max(20, width - 12);
  const main = marks.find(({ role }) => role !== 'other') ?? marks[0];
  const focus = Math.min((main?.span.start ?? start) - start, text.length);
  const from = text.length <= room ? 0 : Math.max(0, focus - Math.floor(room / 3));
  const part = text.slice(from, from + room);
  const front = from > 0 ? '…' : '';
  const back = from + room < text.length ? '…' : '';
  const drawn = marks.flatMap(({ span, text: label, role }): readonly Drawn[] => {
    const first = span.start - start - from;
    if (first > part.length || (first < 0 && role === 'other')) return [];
    const last = Math.min(span.end - start - from, part.length);
    const column = front.length + printable(part.slice(0, first)).length;
    const length = Math.max(1, printable(part.slice(first, last)).length);
    return [{ column, length, text: printable(label), role }];
  });
  return { shown: front + printable(part) + back, marks: drawn };
}

/** The row of `^^^` and `---`, the last label behind it, and the other labels underneath. */
function underline(marks: readonly Drawn[], paint: Paint): readonly string[] {
  const sorted = marks.toSorted((a, b) => a.column - b.column);
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const isAlone = sorted.every((mark) => mark === last || mark.column + mark.length <= last.column);
  const waiting = sorted.filter((mark) => mark.text !== '' && !(isAlone && mark === last));
  const rows = [paintRow(signs(sorted), paint) + (isAlone ? labelOf(last, paint) : '')];
  if (waiting.length > 0) rows.push(bars(waiting, paint));
  for (let mark = waiting.pop(); mark !== undefined; mark = waiting.pop()) {
    const lead = bars(waiting, paint);
    const gap = ' '.repeat(Math.max(0, mark.column - endColumn(waiting)));
    rows.push(lead + gap + paint(mark.role, mark.text));
  }
  return rows.map((row) => row.trimEnd());
}

function labelOf(mark: Drawn, paint: Paint): string {
  return mark.text === '' ? '' : ` ${paint(mark.role, mark.text)}`;
}

type Cell = { readonly sign: string; readonly role: Role };

/** `^` wins over `-` where two overlap. */
function signs(marks: readonly Drawn[]): readonly (Cell | undefined)[] {
  const cells: (Cell | undefined)[] = [];
  for (const { column, length, role } of marks.toSorted((a) => (a.role === 'other' ? -1 : 1))) {
    for (let at = column; at < column + length; at++) {
      cells[at] = { sign: role === 'other' ? '-' : '^', role };
    }
  }
  return Array.from(cells);
}

function paintRow(cells: readonly (Cell | undefined)[], paint: Paint): string {
  let row = '';
  for (let at = 0; at < cells.length;) {
    const cell = cells[at];
    let end = at + 1;
    while (end < cells.length && cells[end]?.role === cell?.role) end++;
    const text = (cell?.sign ?? ' ').repeat(end - at);
    row += cell === undefined ? text : paint(cell.role, text);
    at = end;
  }
  return row;
}

function bars(marks: readonly Drawn[], paint: Paint): string {
  let row = '';
  let width = 0;
  for (const { column, role } of marks) {
    if (column < width) continue;
    row += ' '.repeat(column - width) + paint(role, '|');
    width = column + 1;
  }
  return row;
}

function endColumn(marks: readonly Drawn[]): number {
  const last = marks.at(-1);
  return last === undefined ? 0 : last.column + 1;
}
