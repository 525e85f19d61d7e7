/** Questions about a text and its lines. */

/** Text to put in, in front of what stands at the offset. */
export type Insertion = { readonly at: number; readonly text: string };

/** The white space at the start of the line that holds the offset. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}

/** The offset of the first character of the line. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** True for white space alone, or nothing. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** True when an empty line is in the text. */
export function hasEmptyLine(text: string): boolean {
  return /\n[ \t]*\r?\n/.test(text);
}
