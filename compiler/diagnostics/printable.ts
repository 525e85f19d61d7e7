/**
 * Text as a terminal can show it: tabs as spaces, control characters and half characters as
 * `\u{…}`.
 */
export function printable(text: string): string {
  return text.replace(/\t/g, '    ').replace(/[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
