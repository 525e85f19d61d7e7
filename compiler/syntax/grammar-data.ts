/** The grammar of what carries data: structs and everything with numbered members. */
import { FieldParser } from './grammar-fields.ts';
import * as t from './tokens.ts';

/** Rules for declarations of types. */
export class DataParser extends FieldParser {
  readonly struct = this.RULE('struct', () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.Word, { LABEL: 'words' }));
    this.SUBRULE(this.junk);
    this.SUBRULE(this.fields);
  });

  readonly enumeration = this.RULE('enumeration', () => {
    const isUnion = this.heads.isOf('union');
    this.AT_LEAST_ONE(() => this.CONSUME(t.Word, { LABEL: 'words' }));
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1(() => this.CONSUME1(t.Word, { LABEL: 'width' }));
    });
    this.SUBRULE(this.junk);
    this.OPTION2(() => this.CONSUME(t.LBrace));
    this.entries(this.enumMember, {
      others: [{ GATE: () => isUnion, ALT: () => this.SUBRULE(this.variant) }],
    });
    this.OPTION3(() => this.CONSUME(t.RBrace));
  });

  readonly enumMember = this.RULE('enumMember', () => {
    this.CONSUME(t.Word);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.OPTION1({
        GATE: () => !this.heads.startsLine(),
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
        GATE: () => !this.heads.startsLine(),
        DEF: () => this.CONSUME1(t.Word, { LABEL: 'struct' }),
      });
    });
    this.SUBRULE(this.junk);
  });

  /** `codec json: string<u16> via { ts: "./json.ts#json" }`. */
  readonly codec = this.RULE('codec', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.OPTION({
      GATE: () => this.heads.isWordOfLine(),
      DEF: () => this.CONSUME1(t.Word, { LABEL: 'name' }),
    });
    this.OPTION1({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.CONSUME(t.Colon),
    });
    this.OPTION2({
      GATE: () => this.heads.isWordOfLine() && this.LA(1).image !== 'via',
      DEF: () => this.SUBRULE(this.type, { ARGS: [0] }),
    });
    this.OPTION3({
      GATE: () => this.heads.isWordOfLine(),
      DEF: () => this.CONSUME2(t.Word, { LABEL: 'via' }),
    });
    this.SUBRULE(this.junk);
    this.OPTION4({
      GATE: () => !this.heads.startsLine(),
      DEF: () => {
        this.CONSUME(t.LBrace);
        this.entries(this.codecTarget);
        this.OPTION5(() => this.CONSUME(t.RBrace));
      },
    });
  });

  readonly codecTarget = this.RULE('codecTarget', () => {
    this.CONSUME(t.Word);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.OPTION1({ GATE: () => !this.heads.startsLine(), DEF: () => this.CONSUME(t.Text) });
    });
    this.SUBRULE(this.junk);
  });
}
