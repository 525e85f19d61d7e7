/** Text of one schema and the places in it. */

/** One schema file; the only owner of its text. */
export type Source = {
  /** As given to the compiler, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Offset of each line's first character; the first is 0. */
  readonly lineStarts: readonly number[];
};

/** A source with its lines found. A line ends with LF, CRLF or a lone CR. */
export function createSource(path: string, text: string): Source {
  const lineStarts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(end.index + end[0].length);
  return { path, text, lineStarts };
}
