/** The grammar of fields, types and the numbers in them. */
import type { CstNode, ParserMethod } from 'chevrotain';
import { RecoveryParser } from './grammar-recovery.ts';
import * as t from './tokens.ts';

/** Types inside types beyond this are not read. No real schema has more than four. */
export const TYPE_DEPTH_MAX = 16;

/** A rule that is told how many types it stands in. */
type TypeRule = ParserMethod<[depth?: number], CstNode>;

/** Rules for what stands in a body of fields. */
export class FieldParser extends RecoveryParser {
  readonly fields = this.RULE('fields', () => {
    const head = this.LA(0);
    this.OPTION(() => this.CONSUME(t.LBrace));
    this.entries(this.field);
    this.OPTION1({
      // A `}` below a head without body closes what stands around it.
      GATE: () => this.LA(0) !== head || !this.heads.startsLine(),
      DEF: () => this.CONSUME(t.RBrace),
    });
  });

  /** Parts of a field. Made once: most of a schema is fields. */
  readonly #ofField = {
    const: {
      GATE: () => this.LA(1).image === 'const' && this.LA(2).tokenType === t.Word,
      DEF: () => this.CONSUME(t.Word, { LABEL: 'const' }),
    },
    colon: () => this.CONSUME(t.Colon),
    type: {
      GATE: () => this.heads.isType(),
      DEF: () => this.SUBRULE(this.type, { ARGS: [0] }),
    },
    bound: { GATE: () => this.heads.isBound(), DEF: () => this.SUBRULE(this.bound) },
    value: () => {
      this.CONSUME(t.Equals);
      this.OPTION5({
        GATE: () => !this.heads.startsLine(),
        DEF: () => this.SUBRULE(this.value),
      });
    },
  };

  readonly field = this.RULE('field', () => {
    this.OPTION(this.#ofField.const);
    this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION1(this.#ofField.colon);
    this.OPTION2(this.#ofField.type);
    this.OPTION3(this.#ofField.bound);
    this.OPTION4(this.#ofField.value);
    this.SUBRULE(this.junk);
  });

  readonly type: TypeRule = this.RULE('type', (depth = 0) => {
    this.OPTION({
      GATE: () => this.heads.isInline(),
      DEF: () => this.CONSUME(t.Word, { LABEL: 'inline' }),
    });
    const name = this.CONSUME1(t.Word, { LABEL: 'name' });
    this.OPTION1({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.SUBRULE(this.size),
    });
    this.OPTION2({
      GATE: () => !this.heads.startsLine() && depth < TYPE_DEPTH_MAX,
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
    const alternatives = {
      DEF: [
        { GATE: () => this.heads.isBound(), ALT: () => this.SUBRULE(this.bound) },
        { ALT: () => this.SUBRULE(this.type, { ARGS: [depth + 1] }) },
        { ALT: () => this.CONSUME(t.Comma) },
      ],
      IGNORE_AMBIGUITIES: true,
    };
    this.MANY({ GATE: () => this.heads.isArgument(), DEF: () => this.OR(alternatives) });
    this.OPTION(() => this.CONSUME(t.RAngle));
  });

  readonly bits = this.RULE('bits', () => {
    this.CONSUME(t.LBrace);
    this.entries(this.bitsMember);
    this.OPTION(() => this.CONSUME(t.RBrace));
  });

  readonly bitsMember = this.RULE('bitsMember', () => {
    this.CONSUME(t.Word, { LABEL: 'name' });
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1({
        GATE: () => !this.heads.startsLine(),
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
      GATE: () => !this.heads.startsLine(),
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

  readonly #expressions = [
    { ALT: () => this.CONSUME(t.Integer) },
    { ALT: () => this.CONSUME(t.Word) },
    { ALT: () => undefined }, // the builder says what is expected
  ];

  readonly expression = this.RULE('expression', () => {
    this.OR(this.#expressions);
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
}
