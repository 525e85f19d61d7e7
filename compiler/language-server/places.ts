/** Places of the compiler ↔ places of the protocol. Both count UTF-16 code units. */
import type { Location, Position, Range } from 'vscode-languageserver';
import { lineText, positionAt } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import type { Analysis } from './view.ts';

/**
 * The offset of a position. A position that is not in the text means the nearest that is, as the
 * protocol says for columns; what is not a number means 0.
 */
export function offsetOf(source: Source, { line, character }: Position): number {
  const row = whole(line);
  const start = source.lineStarts[row];
  if (start === undefined) return source.text.length;
  return start + Math.min(whole(character), lineText(source, row + 1).length);
}

function whole(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.floor(value)) : 0;
}

/** The position of an offset. */
export function positionOf(source: Source, offset: number): Position {
  const { line, column } = positionAt(source, offset);
  return { line: line - 1, character: column - 1 };
}

/** The range of a span. */
export function rangeOf({ source, start, end }: Span): Range {
  return { start: positionOf(source, start), end: positionOf(source, end) };
}

/** The span of a range; never one that ends before it starts. */
export function spanOf(source: Source, { start, end }: Range): Span {
  const [one, other] = [offsetOf(source, start), offsetOf(source, end)];
  return { source, start: Math.min(one, other), end: Math.max(one, other) };
}

/** A span in its document. */
export function locationOf({ uriOf }: Pick<Analysis, 'uriOf'>, span: Span): Location {
  return { uri: uriOf(span.source.path), range: rangeOf(span) };
}

/** True when the spans have a place in common; an empty span has the place where it stands. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
