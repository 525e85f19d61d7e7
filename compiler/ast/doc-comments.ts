import type { IToken } from '../syntax/tree.ts';

/**
 * The `///` text in front of each token that has one, by the token's offset. A comment belongs to
 * the token that follows it, unless it stands behind another one on the same line. One in front of
 * an `#allow` belongs to what the allow stands in front of.
 */
export function docComments(
  tokens: readonly IToken[],
  docs: readonly IToken[],
): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  let at = 0;
  let lineBefore = 0;
  let lines: string[] = [];
  let allow: IToken | undefined;
  for (const token of tokens) {
    for (let doc = docs[at]; doc !== undefined && doc.startOffset < token.startOffset;) {
      if (doc.startLine !== lineBefore) lines.push(doc.image.replace(/^\/\/\/ ?/, '').trimEnd());
      doc = docs[++at];
    }
    lineBefore = token.endLine ?? lineBefore;
    if (token.tokenType.name === 'Directive') allow = token;
    else if (allow === undefined || !isPartOf(allow, token)) {
      allow = undefined;
      if (lines.length > 0) texts.set(token.startOffset, lines.join('\n').trim());
      lines = [];
    } else if (token.image === ')') allow = undefined;
  }
  return texts;
}

const PARTS: readonly string[] = [
  'LParen',
  'Code',
  'Word',
  'Comma',
  'Text',
  'UnclosedText',
  'RParen',
];

/** What stands between an allow's word and its `)`; a broken one ends with its line. */
function isPartOf(allow: IToken, token: IToken): boolean {
  const isText = token.tokenType.name === 'Text' || token.tokenType.name === 'RParen';
  return PARTS.includes(token.tokenType.name) && (isText || token.startLine === allow.startLine);
}
