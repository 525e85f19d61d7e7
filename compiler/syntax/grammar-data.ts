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
}
