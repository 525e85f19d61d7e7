/** Rows → text in columns, as wide as the terminal. */
import type { Paint } from '../../diagnostics/paint.ts';
import type { Row } from './rows.ts';

export type DumpOptions = {
  readonly width: number;
  readonly paint: Paint;
  /** How many lines a row may have before the rest is only counted. */
  readonly linesMax: number;
};

type Columns = {
  readonly offset: number;
  readonly perLine: number;
  readonly field: number;
  readonly value: number;
};

const GAP = '  ';
const INDENT = '  ';

/** The rows under a heading. */
export function printDump(rows: readonly Row[], options: DumpOptions): string {
  const columns = fitColumns(rows, options.width);
  const heading = printLine(['offset', 'bytes', 'field', 'value'], columns);
  const lines = rows.flatMap((row) => printRow(row, columns, options));
  return [options.paint('gutter', heading), ...lines].map((line) => `${line}\n`).join('');
}

function fitColumns(rows: readonly Row[], width: number): Columns {
  const perLine = width >= 120 ? 16 : width >= 72 ? 8 : 4;
  const offset = Math.max('offset'.length, `${rows.at(-1)?.offset ?? 0}`.length);
  const left = width - offset - (perLine * 3 - 1) - 3 * GAP.length;
  const wanted = rows.reduce((most, row) => Math.max(most, fieldText(row).length), 'field'.length);
  const field = Math.min(wanted, Math.floor(left * 0.6));
  return { offset, perLine, field, value: Math.max(left - field, 1) };
}

function fieldText({ depth, field }: Row): string {
  return `${INDENT.repeat(depth)}${field}`;
}

function printRow(row: Row, columns: Columns, { linesMax, paint }: DumpOptions): readonly string[] {
  const bytes = bytesLines(row.bytes, columns.perLine);
  const value = split(row.value, columns.value);
  const count = Math.min(Math.max(bytes.length, value.length, 1), linesMax);
  const lines = Array.from({ length: count }, (_, at) => {
    const isMarked = at === 0 || bytes[at] !== undefined;
    const text = value[at] ?? '';
    const shown = at === count - 1 && value.length > count ? `${text.slice(0, -1)}…` : text;
    const cells = [
      isMarked ? `${row.offset + at * columns.perLine}` : '',
      bytes[at] ?? '',
      at === 0 ? cut(fieldText(row), columns.field) : '',
      row.role === undefined ? shown : paint(row.role, shown),
    ] as const;
    return printLine(cells, columns);
  });
  const hidden = row.bytes.length - count * columns.perLine;
  if (hidden <= 0) return lines;
  return [...lines, printLine(['', `… ${hidden} more`, '', ''], columns)];
}

function printLine(
  [offset, bytes, field, value]: readonly [string, string, string, string],
  columns: Columns,
): string {
  const cells = [
    offset.padStart(columns.offset),
    bytes.padEnd(columns.perLine * 3 - 1),
    field.padEnd(columns.field),
    value,
  ];
  return cells.join(GAP).trimEnd();
}

function bytesLines(bytes: Uint8Array, perLine: number): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const some = Array.from(bytes.subarray(at, at + perLine));
    lines.push(some.map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
  }
  return lines;
}

/** At spaces where there are some, and nowhere inside a character. */
function split(text: string, width: number): readonly string[] {
  const characters = Array.from(text);
  const lines: string[] = [];
  let start = 0;
  while (characters.length - start > width) {
    const space = characters.lastIndexOf(' ', start + width);
    const isFound = space > start;
    const end = isFound ? space : start + width;
    lines.push(characters.slice(start, end).join(''));
    start = isFound ? end + 1 : end;
  }
  if (start < characters.length) lines.push(characters.slice(start).join(''));
  return lines;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
