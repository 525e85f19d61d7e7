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
  let carriage = text.indexOf('\r');
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
    for (; carriage >= 0 && carriage < feed; carriage = text.indexOf('\r', carriage + 1)) {
      if (carriage + 1 < feed) lineStarts.push(carriage + 1);
    }
    lineStarts.push(feed + 1);
  }
  for (; carriage >= 0; carriage = text.indexOf('\r', carriage + 1)) lineStarts.push(carriage + 1);
  return { path, text, lineStarts };
}
