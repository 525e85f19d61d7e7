import type { IToken } from '../syntax/tree.ts';

/**
 * The `///` text in front of each token that has one, by the token's offset. A comment belongs to
 * the token that follows it, unless it stands behind another one on the same line.
 */
export function docComments(
  tokens: readonly IToken[],
  docs: readonly IToken[],
): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  let at = 0;
  let lineBefore = 0;
  for (const token of tokens) {
    const lines: string[] = [];
    for (let doc = docs[at]; doc !== undefined && doc.startOffset < token.startOffset;) {
      if (doc.startLine !== lineBefore) lines.push(doc.image.replace(/^\/\/\/ ?/, '').trimEnd());
      doc = docs[++at];
    }
    if (lines.length > 0) texts.set(token.startOffset, lines.join('\n').trim());
    lineBefore = token.endLine ?? lineBefore;
  }
  return texts;
}
