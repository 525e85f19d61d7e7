/** The words at the front of a line: what most declarations are told apart by. */
import type { IToken, TokenType } from 'chevrotain';
import * as t from './tokens.ts';
import { declarationWordOf, type DeclarationWord } from './words.ts';

/** The tokens in front of the parser: 1 is the next, 0 the last. */
export type LookAhead = (ahead: number) => IToken;

/** A head has at most this many words; more would make a file of words slow to read. */
const HEAD_WORDS_MAX = 8;

/** What stands between a message and the one whose id it takes over. */
export const OVERRIDES = 'overrides';

/** True for the head of a message that overrides another: `message X overrides Y`. */
export function overrides(words: readonly string[]): boolean {
  return words.lastIndexOf(OVERRIDES) > words.indexOf('message') + 1 && words.includes('message');
}

/** Words, what they declare if anything, and the kind of token behind them. */
export type Head = {
  readonly words: readonly string[];
  readonly declares: DeclarationWord | undefined;
  readonly next: TokenType;
};

/** The head that begins with the next token. */
export function findHead(lookAhead: LookAhead): Head {
  const words: string[] = [];
  while (words.length < HEAD_WORDS_MAX) {
    const token = lookAhead(words.length + 1);
    if (token.tokenType !== t.Word) break;
    if (words.length > 0 && startsLine(lookAhead, words.length + 1)) break;
    words.push(token.image);
  }
  const next = lookAhead(words.length + 1).tokenType;
  return { words, declares: declarationWordOf(words), next };
}

/** True when the token is the first of its line. */
export function startsLine(lookAhead: LookAhead, ahead: number): boolean {
  const before = lookAhead(ahead - 1);
  const line = lookAhead(ahead).startLine;
  return before.endLine === undefined || line === undefined || before.endLine < line;
}
