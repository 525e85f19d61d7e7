/**
 * The vocabulary, in matching order. There are no keywords: every word is a `Word`, and what it
 * means is decided by its place, so that a field may be called `message`. Every character belongs
 * to some token, so lexing cannot fail.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';

/** The category of all tokens: what a rule that skips asks for. */
export const Anything = createToken({ name: 'Anything', pattern: Lexer.NA });

function token(name: string, pattern: RegExp | string, category = Anything): TokenType {
  return createToken({ name, pattern, categories: [category], line_breaks: false });
}

export const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
/** `///`, but not `////`. */
export const DocComment = createToken({
  name: 'DocComment',
  pattern: /\/\/\/(?!\/)[^\r\n]*/,
  group: 'docs',
  line_breaks: false,
});
export const Comment = createToken({
  name: 'Comment',
  pattern: /\/\/[^\r\n]*/,
  group: 'comments',
  line_breaks: false,
});
export const Text = token('Text', /"(?:[^"\\\r\n]|\\[^\r\n])*"/);
/** Text that ends with its line instead of a quote. */
export const UnclosedText = token('UnclosedText', /"(?:[^"\\\r\n]|\\[^\r\n])*\\?/, Text);
/** `127.0.0.1:8090` or `[::1]:8090`; its port may be missing, which the builder reports. */
export const Address = token(
  'Address',
  /(?:[0-9]+(?:\.[0-9]+){3}|\[[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*\])(?::[0-9]+)?/,
);
export const Decimal = token('Decimal', /-?[0-9]+(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)/);
export const Integer = token('Integer', /-?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)/);
/** `size/exceeds-datagram`: the code of a diagnostic. */
export const Code = token('Code', /[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_][-A-Za-z0-9_]*/);
/** `#allow`. */
export const Directive = token('Directive', /#[A-Za-z_][A-Za-z0-9_]*/);
export const Word = token('Word', /[A-Za-z_][A-Za-z0-9_]*/);
export const DotDot = token('DotDot', '..');
export const Comma = token('Comma', ',');
export const Colon = token('Colon', ':');
export const Equals = token('Equals', '=');
export const LBrace = token('LBrace', '{');
export const RBrace = token('RBrace', '}');
export const LAngle = token('LAngle', '<');
export const RAngle = token('RAngle', '>');
export const LSquare = token('LSquare', '[');
export const RSquare = token('RSquare', ']');
export const LParen = token('LParen', '(');
export const RParen = token('RParen', ')');
/** One character that has no meaning in a schema. */
export const Other = token('Other', /[\0-\uffff]/);

/** In the order in which they are tried. */
export const vocabulary: TokenType[] = [
  WhiteSpace,
  DocComment,
  Comment,
  Text,
  UnclosedText,
  Address,
  Decimal,
  Integer,
  Code,
  Directive,
  Word,
  DotDot,
  Comma,
  Colon,
  Equals,
  LBrace,
  RBrace,
  LAngle,
  RAngle,
  LSquare,
  RSquare,
  LParen,
  RParen,
  Other,
  Anything,
];
