/** The grammar of communities and their messages. */
import type { CstNode, ParserMethod } from 'chevrotain';
import * as t from './tokens.ts';
import { ValueParser } from './grammar-values.ts';

/** A rule that is told how many communities it stands in. */
type CommunityRule = ParserMethod<[depth?: number], CstNode>;

/** Rules for communities. */
export class CommunityParser extends ValueParser {
  readonly constDeclaration = this.RULE('constDeclaration', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION(() => this.CONSUME(t.Equals));
    this.OPTION1({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.SUBRULE(this.value),
    });
    this.SUBRULE(this.junk);
  });

  /** A community; `depth` is 1 inside of another one, where it is misplaced. */
  readonly community: CommunityRule = this.RULE('community', (depth = 0) => {
    const first = this.CONSUME(t.Word, { LABEL: 'words' });
    this.MANY2({
      GATE: () => !this.heads.isClause(),
      DEF: () => this.CONSUME9(t.Word, { LABEL: 'words' }),
    });
    this.MANY({ GATE: () => this.heads.isClause(), DEF: () => this.SUBRULE(this.clause) });
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.identity);
    });
    this.SUBRULE(this.junk);
    let isOpen = false;
    this.OPTION1(() => {
      this.CONSUME(t.LBrace);
      isOpen = true;
    });
    this.MANY1({
      // Without `{` only a message can be a part of it.
      GATE: () => {
        const isInside = isOpen && depth === 0 ? first : undefined;
        return this.heads.isMember(isInside) && (isOpen || this.heads.isMessage());
      },
      DEF: () => this.SUBRULE(this.member),
    });
    this.OPTION2(() => this.CONSUME(t.RBrace));
  });

  /** `extends Dht` or `version 2`. */
  readonly clause = this.RULE('clause', () => {
    this.CONSUME(t.Word);
    this.SUBRULE(this.expression);
  });

  readonly identity = this.RULE('identity', () => {
    this.OPTION({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.CONSUME(t.Word, { LABEL: 'form' }),
    });
    this.OPTION1(() => this.CONSUME(t.LParen));
    this.OPTION2(() => this.CONSUME(t.Text));
    this.OPTION3(() => this.CONSUME(t.RParen));
  });

  /** What stands in a community. Made once, not for each message. */
  readonly #members = {
    DEF: [
      { GATE: () => this.heads.isReserved(), ALT: () => this.SUBRULE(this.reserved) },
      {
        GATE: () => this.heads.isOf('community'),
        ALT: () => this.SUBRULE(this.community, { ARGS: [1] }),
      },
      { GATE: () => this.heads.isRequest(), ALT: () => this.SUBRULE(this.request) },
      { GATE: () => this.heads.isAllow(), ALT: () => this.SUBRULE(this.allow) },
      { GATE: () => this.heads.isVector(), ALT: () => this.SUBRULE(this.vector) },
      { GATE: () => this.heads.isCodec(), ALT: () => this.SUBRULE(this.codec) },
      { GATE: () => this.heads.isOf('struct'), ALT: () => this.SUBRULE(this.struct) },
      { GATE: () => this.heads.isEnumeration(), ALT: () => this.SUBRULE(this.enumeration) },
      { GATE: () => this.heads.isConst(), ALT: () => this.SUBRULE(this.constDeclaration) },
      { GATE: () => this.heads.isMessage(), ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.CONSUME(t.Comma) },
      { ALT: () => this.SUBRULE(this.unknown) },
    ],
    IGNORE_AMBIGUITIES: true,
  };

  readonly member = this.RULE('member', () => {
    this.OR(this.#members);
  });

  readonly reserved = this.RULE('reserved', () => {
    this.CONSUME(t.Word);
    this.SUBRULE(this.reservedRange);
    this.MANY({
      GATE: () => this.LA(2).tokenType === t.Integer,
      DEF: () => {
        this.CONSUME(t.Comma);
        this.SUBRULE1(this.reservedRange);
      },
    });
    this.OPTION({
      GATE: () => this.LA(1).image === 'for' && this.LA(2).tokenType === t.Word,
      DEF: () => {
        this.CONSUME1(t.Word);
        this.CONSUME2(t.Word, { LABEL: 'owner' });
      },
    });
    this.SUBRULE(this.junk);
  });

  readonly reservedRange = this.RULE('reservedRange', () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.DotDot);
      this.OPTION1(() => this.SUBRULE1(this.expression));
    });
  });

  readonly message = this.RULE('message', () => {
    this.CONSUME(t.Word, { LABEL: 'words' });
    this.MANY2({
      GATE: () => !this.heads.isVia() && !this.heads.isOverrides(),
      DEF: () => this.CONSUME9(t.Word, { LABEL: 'words' }),
    });
    this.OPTION4({
      GATE: () => this.heads.isOverrides(),
      DEF: () => this.SUBRULE(this.override),
    });
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.OPTION1({
        // A word of the next line begins another entry: this id is not written yet.
        GATE: () =>
          !this.heads.isVia() && !this.heads.isOverrides() && !this.heads.isWordOfNextLine(),
        DEF: () => this.SUBRULE(this.expression),
      });
    });
    // Behind an id it is one fault too many, but not one that is not understood.
    this.OPTION5({
      GATE: () => this.heads.isOverrides(),
      DEF: () => this.SUBRULE1(this.override),
    });
    this.OPTION2({ GATE: () => this.heads.isVia(), DEF: () => this.SUBRULE(this.via) });
    this.SUBRULE(this.junk);
    this.SUBRULE(this.fields);
  });

  /** `overrides Parent`. */
  readonly override = this.RULE('override', () => {
    this.CONSUME(t.Word);
    this.CONSUME1(t.Word, { LABEL: 'parent' });
  });

  readonly via = this.RULE('via', () => {
    this.CONSUME(t.Word);
    this.CONSUME1(t.Word, { LABEL: 'carriers' });
    this.MANY({
      GATE: () => this.LA(2).tokenType === t.Word && !this.heads.startsLine(2),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.CONSUME2(t.Word, { LABEL: 'carriers' });
      },
    });
  });

  /** `request find(FindRequest): FindResponse by identifier timeout 2s retry 1`. */
  readonly request = this.RULE('request', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.OPTION({
      GATE: () => this.heads.isWordOfLine(),
      DEF: () => this.CONSUME1(t.Word, { LABEL: 'name' }),
    });
    this.OPTION1(() => this.CONSUME(t.LParen));
    this.OPTION2({
      GATE: () => this.heads.isWordOfLine() && !this.heads.isRequestClause(),
      DEF: () => this.CONSUME2(t.Word, { LABEL: 'asks' }),
    });
    this.OPTION3({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.CONSUME(t.RParen),
    });
    this.OPTION4({
      GATE: () => !this.heads.startsLine(),
      DEF: () => {
        this.CONSUME(t.Colon);
        this.OPTION5({
          GATE: () => this.heads.isWordOfLine() && !this.heads.isRequestClause(),
          DEF: () => this.CONSUME3(t.Word, { LABEL: 'answers' }),
        });
      },
    });
    this.MANY({
      GATE: () => this.heads.isRequestClause(),
      DEF: () => this.SUBRULE(this.requestClause),
    });
    this.SUBRULE(this.junk);
  });

  readonly requestClause = this.RULE('requestClause', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.OPTION(() => this.CONSUME(t.Integer));
    this.OPTION1({
      GATE: () => this.heads.isWordOfLine() && !this.heads.isRequestClause(),
      DEF: () => this.CONSUME1(t.Word, { LABEL: 'word' }),
    });
  });
}
