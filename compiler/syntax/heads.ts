/**
 * Looks ahead: what do the next tokens begin? The answers decide between the grammar's
 * alternatives.
 */
import { EOF, type IToken, type TokenType } from 'chevrotain';
import { findHead, type Head, type LookAhead, OVERRIDES, overrides, startsLine } from './head.ts';
import * as t from './tokens.ts';
import {
  FOREIGN_WORDS,
  isMisspelt,
  REQUEST_CLAUSES,
  TYPED_WORDS,
  VECTOR_WORDS,
  type DeclarationWord,
} from './words.ts';

const OPENING: readonly TokenType[] = [t.LBrace, t.LAngle, t.LSquare, t.LParen];
const CLOSING: readonly TokenType[] = [t.RBrace, t.RAngle, t.RSquare, t.RParen];
/** What has numbered members and, behind a colon, a width. */
const ENUMERATION_WORDS = ['enum', 'flags', 'union'] as const;
const TOP_LEVEL: readonly string[] = [
  'community',
  'abstract',
  'struct',
  'enum',
  'flags',
  'union',
  'codec',
  'vector',
  'malformed',
  'const',
  'import',
];

/** What has, behind its name, a colon. */
const HEADED_WORDS: readonly string[] = [...ENUMERATION_WORDS, ...TYPED_WORDS];

/** One letter of two is no slip but another word. */
function isMisspeltLong(candidate: string, word: string): boolean {
  return word.length > 2 && isMisspelt(candidate, word);
}

/** What a value of a vector begins with. */
const VALUES: readonly TokenType[] = [
  t.Integer,
  t.Decimal,
  t.Address,
  t.Text,
  t.UnclosedText,
  t.Word,
  t.LBrace,
  t.LSquare,
];

function isVectorWord(candidate: string): boolean {
  return VECTOR_WORDS.some((word) => isMisspelt(candidate, word));
}

/** How deep in brackets what follows a token is. */
export function nested(depth: number, token: IToken): number {
  if (opens(token)) return depth + 1;
  return closes(token) ? Math.max(0, depth - 1) : depth;
}

function opens(token: IToken): boolean {
  return OPENING.includes(token.tokenType);
}

function closes(token: IToken): boolean {
  return CLOSING.includes(token.tokenType);
}

/** True for a token that a field, an enum's member, a comma or an allow can begin with. */
export function canBeField(token: IToken): boolean {
  return [t.Word, t.Comma, t.Directive].includes(token.tokenType);
}

/**
 * Questions about the tokens in front of the parser; `lookAhead(1)` is the next, `lookAhead(0)`
 * the last.
 */
export class Heads {
  readonly #lookAhead: LookAhead;
  #known: { readonly first: IToken; readonly head: Head } | undefined;

  constructor(lookAhead: LookAhead) {
    this.#lookAhead = lookAhead;
  }

  /** True when the token is the first of its line. */
  startsLine(ahead = 1): boolean {
    return startsLine(this.#lookAhead, ahead);
  }

  /** `#allow`, misspelt or not. */
  isAllow(): boolean {
    const { image, tokenType } = this.#lookAhead(1);
    return tokenType === t.Directive && isMisspelt(image.slice(1), 'allow');
  }

  isImport(): boolean {
    if (this.#lookAhead(1).image !== 'import') return false;
    return (
      this.#isAhead(2, t.Text) || this.#isAhead(2, t.UnclosedText) || this.#isAhead(2, t.LBrace)
    );
  }

  /** `const NAME =`; in lower case it is a constant field that lost its type. */
  isConst(): boolean {
    const { words, next } = this.#head();
    if (words[0] !== 'const' || words.length !== 2) return false;
    return (next === t.Equals && words[1] === words[1]?.toUpperCase()) || next === t.Integer;
  }

  /** `codec name: …`, its word misspelt or its colon missing. */
  isCodec(): boolean {
    const { words, next } = this.#head();
    const [first = ''] = words;
    if (words.length < 2 || next === t.Equals || next === t.LBrace) return false;
    return (
      first === 'codec' || (isMisspelt(first, 'codec') && words.length === 2 && next === t.Colon)
    );
  }

  /** `request name(…): …`, its word misspelt, its name or its parentheses missing. */
  isRequest(): boolean {
    const { words, next } = this.#head();
    const [first = ''] = words;
    if (next === t.LParen && words.length <= 2) return isMisspelt(first, 'request');
    if (first !== 'request' || words.length < 2) return false;
    return next !== t.Equals && next !== t.LBrace;
  }

  /** `vector "name" Type …` or `malformed …`, the word misspelt or the name missing. */
  isVector(): boolean {
    const { words, next } = this.#head();
    const [first = ''] = words;
    const isText = next === t.Text || next === t.UnclosedText;
    if (words.length === 1) return isText && isVectorWord(first);
    if (words.length < 2 || !VECTOR_WORDS.some((word) => word === first)) return false;
    return isText || next === t.LBrace || next === t.Equals;
  }

  /** `hex"…"`. */
  isHex(): boolean {
    return this.#lookAhead(1).image === 'hex' && this.#isAhead(2, t.Text);
  }

  /** A value of a vector, on this line or right behind a colon. */
  isValue(): boolean {
    if (!VALUES.includes(this.#lookAhead(1).tokenType)) return false;
    if (!this.startsLine()) return true;
    const isEntry = this.#lookAhead(0).tokenType !== t.Colon || this.#isAhead(2, t.Colon);
    return !isEntry && !this.isDeclaration();
  }

  /** A value of a list, on whatever line. */
  isListed(): boolean {
    return VALUES.includes(this.#lookAhead(1).tokenType);
  }

  /** `Variant { … }`. */
  isVariant(): boolean {
    return this.#isAhead(1, t.Word) && this.#isAhead(2, t.LBrace);
  }

  /** Inside `[…]`; a line that begins with an entry or a declaration is outside. */
  isItem(): boolean {
    const next = this.#lookAhead(1).tokenType;
    if (next === EOF || next === t.RSquare || next === t.RBrace) return false;
    if (!this.startsLine()) return true;
    const isOther = this.isDeclaration() || this.isAllow();
    return !(next === t.Word && this.#isAhead(2, t.Colon)) && !isOther;
  }

  /** `by identifier`, `timeout 2s` or `retry 1` behind a request. */
  isRequestClause(): boolean {
    const word = this.#lookAhead(1).image;
    const isOperandAhead = this.#isAhead(2, t.Word) || this.#isAhead(2, t.Integer);
    if (!isOperandAhead || this.startsLine(2)) return false;
    if (REQUEST_CLAUSES.some((clause) => clause === word)) {
      return !this.startsLine() || !this.isDeclaration();
    }
    return !this.startsLine() && REQUEST_CLAUSES.some((clause) => isMisspeltLong(word, clause));
  }

  /** The name or type that an entry goes on with on its line. */
  isWordOfLine(): boolean {
    return this.#isAhead(1, t.Word) && !this.startsLine();
  }

  /** A word that is the first of its line. */
  isWordOfNextLine(): boolean {
    return this.#isAhead(1, t.Word) && this.startsLine();
  }

  /** True in front of a declaration of that kind, its word misspelt or not. */
  isOf(kind: DeclarationWord): boolean {
    const { declares, next, words } = this.#head();
    if (words[0] === 'const' || FOREIGN_WORDS.includes(words[0] ?? '')) return false;
    if (next === t.LParen) return false;
    if (declares !== kind) return false;
    if (kind === 'community') return words.length >= 2 && next !== t.Colon;
    if (kind !== 'message') return true;
    return next === t.Equals || next === t.LBrace || next === t.Colon || overrides(words);
  }

  /** Something with numbered members: an enum, flags or a union. */
  isEnumeration(): boolean {
    return ENUMERATION_WORDS.some((word) => this.isOf(word));
  }

  /** Inside a community: anything with an id or a body. */
  isMessage(): boolean {
    const { words, next } = this.#head();
    if (words.length === 0 || FOREIGN_WORDS.includes(words[0] ?? '')) return false;
    if (next === t.Equals || this.isOf('message')) return true;
    return (words.length >= 2 && next === t.LBrace) || overrides(words);
  }

  isReserved(): boolean {
    if (this.#lookAhead(1).image !== 'reserved') return false;
    if (this.#isAhead(2, t.Integer)) return true;
    return this.#isAhead(2, t.Word) && !this.startsLine(2) && !this.#hasBody();
  }

  /** `extends X` or `version N` in a community's head. */
  isClause(): boolean {
    const word = this.#lookAhead(1).image;
    if (word === 'extends') return this.#isAhead(2, t.Word);
    return word === 'version' && (this.#isAhead(2, t.Word) || this.#isAhead(2, t.Integer));
  }

  /** `overrides Parent` behind a message's name, its word misspelt or not. */
  isOverrides(): boolean {
    if (!isMisspelt(this.#lookAhead(1).image, OVERRIDES) || !this.#isAhead(2, t.Word)) return false;
    return !this.startsLine(2) && this.#lookAhead(0).image !== 'message';
  }

  isVia(): boolean {
    return this.#lookAhead(1).image === 'via' && this.#isAhead(2, t.Word);
  }

  /**
   * Inside a community's body: neither its end nor a declaration that stands beside it. `outer` is
   * the first token of a community that may hold another, misplaced one.
   */
  isMember(outer: IToken | undefined): boolean {
    const next = this.#lookAhead(1);
    if (next.tokenType === EOF || next.tokenType === t.RBrace) return false;
    if (next.startColumn === 1 && TOP_LEVEL.includes(next.image) && this.isDeclaration()) {
      return false;
    }
    if (!this.isOf('community')) return true;
    return outer !== undefined && (next.startColumn ?? 0) > (outer.startColumn ?? 0);
  }

  /** Inside a body of fields, bits or enum members: neither its end nor another declaration. */
  isEntry(): boolean {
    const next = this.#lookAhead(1).tokenType;
    return next !== EOF && next !== t.RBrace && !this.isDeclaration();
  }

  /** True where a declaration begins for sure; a field never looks like this. */
  isDeclaration(): boolean {
    const { words, next } = this.#head();
    const first = words[0] ?? '';
    if (words.length === 0) return false;
    if (words.length === 1) {
      if (first === 'reserved') return next === t.Integer;
      const isText = next === t.Text || next === t.UnclosedText;
      if (next === t.LParen) return isMisspelt(first, 'request');
      if (!isText) return false;
      return first === 'import' || isVectorWord(first) || FOREIGN_WORDS.includes(first);
    }
    if (first === 'const') return this.isConst();
    if (first === 'community' || first === 'abstract') return true;
    if (next === t.Colon) {
      return HEADED_WORDS.includes(first) || FOREIGN_WORDS.includes(first);
    }
    if (next === t.LParen || overrides(words)) return true;
    if (next === t.LBrace) return words.at(-1) !== 'bits';
    if (next === t.Text || next === t.UnclosedText) {
      return VECTOR_WORDS.some((word) => word === first);
    }
    return next === t.Equals;
  }

  /** A type stands here, not the next field. */
  isType(): boolean {
    if (!this.startsLine()) return true;
    const afterColon = this.#lookAhead(0).tokenType === t.Colon;
    return afterColon && !this.#isAhead(2, t.Colon) && !this.isDeclaration();
  }

  /** `inline T`, unless `inline` is a field's type and `T:` the next field. */
  isInline(): boolean {
    if (this.#lookAhead(1).image !== 'inline' || !this.#isAhead(2, t.Word)) return false;
    return !this.startsLine(2) || !this.#isAhead(3, t.Colon);
  }

  isBound(): boolean {
    if (this.startsLine() && this.#lookAhead(0).tokenType !== t.LAngle) {
      if (this.#lookAhead(0).tokenType !== t.Comma) return false;
    }
    if (this.#isAhead(1, t.DotDot)) return true;
    const isValue = this.#isAhead(1, t.Integer) || this.#isAhead(1, t.Word);
    return isValue && this.#isAhead(2, t.DotDot);
  }

  /** Inside `<…>`; a line that begins with a field is outside. */
  isArgument(): boolean {
    const next = this.#lookAhead(1).tokenType;
    if (next === t.Comma) return !(this.startsLine(2) && this.#isAhead(3, t.Colon));
    if (this.isBound()) return true;
    // A codec's type that is not closed.
    if (this.#lookAhead(1).image === 'via' && this.#isAhead(2, t.LBrace)) return false;
    return next === t.Word && !this.#isAhead(2, t.Colon);
  }

  /** What is left of an entry: up to its line's end, a comma, or a body. */
  isJunk(depth: number): boolean {
    const next = this.#lookAhead(1);
    if (next.tokenType === EOF || this.isAllow()) return false;
    if (this.startsLine()) {
      if (depth === 0 || this.isDeclaration()) return false;
      // A bracket that is never closed must not take the next field with it.
      return !(next.tokenType === t.Word && this.#isAhead(2, t.Colon));
    }
    if (depth > 0) return true;
    if (next.tokenType === t.Word && this.#isField()) return false;
    return next.tokenType !== t.RBrace && next.tokenType !== t.Comma && !this.#isBodyAhead();
  }

  /** Still inside the unknown declaration that began with `first`. */
  isUnknown(depth: number, first: IToken): boolean {
    const next = this.#lookAhead(1);
    if (next.tokenType === EOF) return false;
    if (depth === 0 && next.tokenType === t.RBrace) return false;
    if (!this.startsLine()) return true;
    if (this.isDeclaration() || this.isAllow()) return false;
    return depth > 0 || (next.startColumn ?? 0) > (first.startColumn ?? 0);
  }

  /** `name:` or `const name:`. */
  #isField(): boolean {
    if (this.#isAhead(2, t.Colon)) return true;
    return this.#lookAhead(1).image === 'const' && this.#isAhead(2, t.Word);
  }

  /** `{` behind a head or behind a field's name. */
  #isBodyAhead(): boolean {
    return this.#isAhead(1, t.LBrace);
  }

  #hasBody(): boolean {
    const { next } = this.#head();
    return next === t.Equals || next === t.LBrace;
  }

  #isAhead(ahead: number, type: TokenType): boolean {
    const token = this.#lookAhead(ahead).tokenType;
    return token === type || (type === t.Text && token === t.UnclosedText);
  }

  /** The words at the front of a line, and the kind of token behind them. */
  #head(): Head {
    const first = this.#lookAhead(1);
    // Many ask for the same head before the parser moves on.
    if (this.#known?.first !== first) this.#known = { first, head: findHead(this.#lookAhead) };
    return this.#known.head;
  }
}
