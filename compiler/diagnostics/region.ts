import { positionAt } from '../source/position.ts';
import type { Span } from '../source/span.ts';

/**
 * A range as other programs want it: lines and columns from 1, in UTF-16 code units; the end
 * column is the one behind the last character.
 */
export type Region = {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

/** How the path of a source is written for whoever reads the report. */
export type PathNaming = (path: string) => string;

/** Where a span lies in its source. */
export function regionOf({ source, start, end }: Span): Region {
  const from = positionAt(source, start);
  const to = positionAt(source, Math.max(start, end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
