import type { Source } from './source.ts';

/** Line and column, both from 1; columns count UTF-16 code units, as editors do. */
export type Position = { readonly line: number; readonly column: number };

/** Where an offset stands. Offsets outside the text are moved to its nearest end. */
export function positionAt(source: Source, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: inside - (source.lineStarts[low] ?? 0) + 1 };
}

/** The offset of a line and column, moved into that line when the column is behind its end. */
export function offsetAt(source: Source, position: Position): number {
  const start = source.lineStarts[position.line - 1];
  if (start === undefined) return source.text.length;
  const end = source.lineStarts[position.line] ?? source.text.length;
  return Math.min(start + position.column - 1, end);
}

/** The text of a line, from 1, without its line end; empty for a line that is not there. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return '';
  return source.text.slice(start, source.lineStarts[line]).replace(/[\r\n]+$/, '');
}
