/**
 * The grammar, and nothing but the grammar. It accepts every sequence of tokens: what may be
 * missing is optional, what cannot be understood goes to `junk` or `unknown`, and the syntax
 * tree's builder says so in its own words. So a broken declaration ends where the next one begins,
 * and no neighbour is lost.
 */
import { CstParser, type CstNode, type IOrAlt, type ParserMethod } from 'chevrotain';
import * as t from './tokens.ts';
import { canBeField, Heads, nested } from './heads.ts';

/** Types inside types beyond this are not read. No real schema has more than four. */
export const TYPE_DEPTH_MAX = 16;

/** A rule that is told how many types it stands in. */
type TypeRule = ParserMethod<[depth?: number], CstNode>;

/** Parses one token sequence at a time into a concrete tree (`cst.gen.ts`). */
export class SchemaParser extends CstParser {
  readonly #heads = new Heads((ahead) => this.LA(ahead));

  constructor() {
    super(t.vocabulary, { maxLookahead: 1, nodeLocationTracking: 'full', recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => {
      this.OR({
        DEF: [
          { GATE: () => this.#heads.isImport(), ALT: () => this.SUBRULE(this.importDeclaration) },
          { GATE: () => this.#heads.isConst(), ALT: () => this.SUBRULE(this.constDeclaration) },
          { GATE: () => this.#heads.isOf('community'), ALT: () => this.SUBRULE(this.community) },
          { GATE: () => this.#heads.isOf('struct'), ALT: () => this.SUBRULE(this.struct) },
          { GATE: () => this.#heads.isEnumeration(), ALT: () => this.SUBRULE(this.enumeration) },
          { GATE: () => this.#heads.isOf('message'), ALT: () => this.SUBRULE(this.message) },
          { ALT: () => this.CONSUME(t.RBrace) },
          { ALT: () => this.SUBRULE(this.unknown) },
        ],
        IGNORE_AMBIGUITIES: true,
      });
    });
  });

  readonly importDeclaration = this.RULE('importDeclaration', () => {
    this.CONSUME(t.Word);
    this.OPTION(() => this.CONSUME(t.Text));
    this.SUBRULE(this.junk);
  });

  readonly constDeclaration = this.RULE('constDeclaration', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION(() => this.CONSUME(t.Equals));
    this.OPTION1({
      GATE: () => !this.#heads.startsLine(),
      DEF: () => this.SUBRULE(this.value),
    });
    this.SUBRULE(this.junk);
  });

  readonly community = this.RULE('community', () => {
    this.CONSUME(t.Word, { LABEL: 'words' });
    this.MANY2({
      GATE: () => !this.#heads.isClause(),
      DEF: () => this.CONSUME9(t.Word, { LABEL: 'words' }),
    });
    this.MANY({ GATE: () => this.#heads.isClause(), DEF: () => this.SUBRULE(this.clause) });
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
      GATE: () => this.#heads.isMember() && (isOpen || this.#heads.isMessage()),
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
      GATE: () => !this.#heads.startsLine(),
      DEF: () => this.CONSUME(t.Word, { LABEL: 'form' }),
    });
    this.OPTION1(() => this.CONSUME(t.LParen));
    this.OPTION2(() => this.CONSUME(t.Text));
    this.OPTION3(() => this.CONSUME(t.RParen));
  });

  readonly member = this.RULE('member', () => {
    this.OR({
      DEF: [
        { GATE: () => this.#heads.isReserved(), ALT: () => this.SUBRULE(this.reserved) },
        { GATE: () => this.#heads.isOf('struct'), ALT: () => this.SUBRULE(this.struct) },
        { GATE: () => this.#heads.isEnumeration(), ALT: () => this.SUBRULE(this.enumeration) },
        { GATE: () => this.#heads.isConst(), ALT: () => this.SUBRULE(this.constDeclaration) },
        { GATE: () => this.#heads.isMessage(), ALT: () => this.SUBRULE(this.message) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.unknown) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
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
      GATE: () => !this.#heads.isVia(),
      DEF: () => this.CONSUME9(t.Word, { LABEL: 'words' }),
    });
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.OPTION1({
        GATE: () => !this.#heads.isVia(),
        DEF: () => this.SUBRULE(this.expression),
      });
    });
    this.OPTION2({ GATE: () => this.#heads.isVia(), DEF: () => this.SUBRULE(this.via) });
    this.SUBRULE(this.junk);
    this.SUBRULE(this.fields);
  });

  readonly via = this.RULE('via', () => {
    this.CONSUME(t.Word);
    this.CONSUME1(t.Word, { LABEL: 'carriers' });
    this.MANY({
      GATE: () => this.LA(2).tokenType === t.Word && !this.#heads.startsLine(2),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.CONSUME2(t.Word, { LABEL: 'carriers' });
      },
    });
  });

  readonly struct = this.RULE('struct', () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.Word, { LABEL: 'words' }));
    this.SUBRULE(this.junk);
    this.SUBRULE(this.fields);
  });

  readonly enumeration = this.RULE('enumeration', () => {
    const isUnion = this.#heads.isOf('union');
    this.AT_LEAST_ONE(() => this.CONSUME(t.Word, { LABEL: 'words' }));
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1(() => this.CONSUME1(t.Word, { LABEL: 'width' }));
    });
    this.SUBRULE(this.junk);
    this.OPTION2(() => this.CONSUME(t.LBrace));
    this.#entries(this.enumMember, {
      GATE: () => isUnion,
      ALT: () => this.SUBRULE(this.variant),
    });
    this.OPTION3(() => this.CONSUME(t.RBrace));
  });

  readonly enumMember = this.RULE('enumMember', () => {
    this.CONSUME(t.Word);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.OPTION1({
        GATE: () => !this.#heads.startsLine(),
        DEF: () => this.SUBRULE(this.expression),
      });
    });
    this.SUBRULE(this.junk);
  });

  readonly variant = this.RULE('variant', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Integer) }, { ALT: () => this.CONSUME(t.Word) }]);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1({
        GATE: () => !this.#heads.startsLine(),
        DEF: () => this.CONSUME1(t.Word, { LABEL: 'struct' }),
      });
    });
    this.SUBRULE(this.junk);
  });

  readonly fields = this.RULE('fields', () => {
    this.OPTION(() => this.CONSUME(t.LBrace));
    this.#entries(this.field);
    this.OPTION1(() => this.CONSUME(t.RBrace));
  });

  readonly field = this.RULE('field', () => {
    this.OPTION({
      GATE: () => this.LA(1).image === 'const' && this.LA(2).tokenType === t.Word,
      DEF: () => this.CONSUME(t.Word, { LABEL: 'const' }),
    });
    this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION1(() => this.CONSUME(t.Colon));
    this.OPTION2({
      GATE: () => this.#heads.isType(),
      DEF: () => this.SUBRULE(this.type, { ARGS: [0] }),
    });
    this.OPTION3({ GATE: () => this.#heads.isBound(), DEF: () => this.SUBRULE(this.bound) });
    this.OPTION4(() => {
      this.CONSUME(t.Equals);
      this.OPTION5({
        GATE: () => !this.#heads.startsLine(),
        DEF: () => this.SUBRULE(this.value),
      });
    });
    this.SUBRULE(this.junk);
  });

  readonly type: TypeRule = this.RULE('type', (depth = 0) => {
    this.OPTION({
      GATE: () => this.#heads.isInline(),
      DEF: () => this.CONSUME(t.Word, { LABEL: 'inline' }),
    });
    const name = this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION1({
      GATE: () => !this.#heads.startsLine(),
      DEF: () => this.SUBRULE(this.size),
    });
    this.OPTION2({
      GATE: () => !this.#heads.startsLine() && depth < TYPE_DEPTH_MAX,
      DEF: () => this.SUBRULE(this.typeArguments, { ARGS: [depth] }),
    });
    this.OPTION3({
      GATE: () => name.image === 'bits',
      DEF: () => this.SUBRULE(this.bits),
    });
    this.OPTION4({
      GATE: () => depth >= TYPE_DEPTH_MAX && this.LA(1).tokenType === t.LAngle,
      DEF: () => this.SUBRULE(this.junk),
    });
  });

  readonly size = this.RULE('size', () => {
    this.CONSUME(t.LSquare);
    this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.CONSUME(t.RSquare));
  });

  readonly typeArguments: TypeRule = this.RULE('typeArguments', (depth = 0) => {
    this.CONSUME(t.LAngle);
    this.MANY({
      GATE: () => this.#heads.isArgument(),
      DEF: () =>
        this.OR({
          DEF: [
            { GATE: () => this.#heads.isBound(), ALT: () => this.SUBRULE(this.bound) },
            { ALT: () => this.SUBRULE(this.type, { ARGS: [depth + 1] }) },
            { ALT: () => this.CONSUME(t.Comma) },
          ],
          IGNORE_AMBIGUITIES: true,
        }),
    });
    this.OPTION(() => this.CONSUME(t.RAngle));
  });

  readonly bits = this.RULE('bits', () => {
    this.CONSUME(t.LBrace);
    this.#entries(this.bitsMember);
    this.OPTION(() => this.CONSUME(t.RBrace));
  });

  readonly bitsMember = this.RULE('bitsMember', () => {
    this.CONSUME(t.Word, { LABEL: 'name' });
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1({
        GATE: () => !this.#heads.startsLine(),
        DEF: () => this.CONSUME1(t.Word, { LABEL: 'enum' }),
      });
    });
    this.OPTION2(() => this.SUBRULE(this.size));
    this.SUBRULE(this.junk);
  });

  /** `..8`, `2..8`, `..8 send ..7`. */
  readonly bound = this.RULE('bound', () => {
    this.OPTION(() => this.SUBRULE(this.expression, { LABEL: 'min' }));
    this.CONSUME(t.DotDot);
    this.OPTION1({
      GATE: () => !this.#heads.startsLine(),
      DEF: () => this.SUBRULE1(this.expression, { LABEL: 'max' }),
    });
    this.OPTION2({
      GATE: () => this.LA(1).image === 'send' && this.LA(2).tokenType === t.DotDot,
      DEF: () => {
        this.CONSUME(t.Word);
        this.CONSUME1(t.DotDot);
        this.OPTION3(() => this.SUBRULE2(this.expression, { LABEL: 'send' }));
      },
    });
  });

  readonly expression = this.RULE('expression', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Integer) },
      { ALT: () => this.CONSUME(t.Word) },
      { ALT: () => undefined }, // the builder says what is expected
    ]);
  });

  readonly value = this.RULE('value', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Integer) },
      {
        ALT: () => {
          this.CONSUME(t.Word);
          this.OPTION(() => this.CONSUME(t.Text));
        },
      },
      { ALT: () => this.CONSUME1(t.Text) },
    ]);
  });

  /** What is left of an entry or head that cannot be understood; ends with its line, or at `{`. */
  readonly junk = this.RULE('junk', () => {
    let depth = 0;
    this.MANY({
      GATE: () => this.#heads.isJunk(depth),
      DEF: () => (depth = nested(depth, this.CONSUME(t.Anything))),
    });
  });

  /** Something in a body that cannot begin an entry. */
  readonly stray = this.RULE('stray', () => {
    let depth = nested(0, this.CONSUME(t.Anything));
    this.MANY({
      GATE: () => this.#heads.isJunk(depth) && (depth > 0 || !canBeField(this.LA(1))),
      DEF: () => (depth = nested(depth, this.CONSUME1(t.Anything))),
    });
  });

  /**
   * A declaration that we do not know: up to the next one, or to a line that is not indented more.
   */
  readonly unknown = this.RULE('unknown', () => {
    const first = this.CONSUME(t.Anything);
    let depth = nested(0, first);
    this.MANY({
      GATE: () => this.#heads.isUnknown(depth, first),
      DEF: () => (depth = nested(depth, this.CONSUME1(t.Anything))),
    });
  });

  /** The entries of a body, in any order with commas and what cannot be understood. */
  #entries(entry: ParserMethod<[], CstNode>, ...others: readonly IOrAlt<unknown>[]): void {
    this.MANY({
      GATE: () => this.#heads.isEntry(),
      DEF: () =>
        this.OR({
          DEF: [
            ...others,
            { ALT: () => this.SUBRULE(entry) },
            { ALT: () => this.CONSUME(t.Comma) },
            { ALT: () => this.SUBRULE(this.stray) },
          ],
          IGNORE_AMBIGUITIES: true,
        }),
    });
  }
}
