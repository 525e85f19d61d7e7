/** The grammar of values: what vectors hold. */
import type { CstNode, ParserMethod } from 'chevrotain';
import { DataParser } from './grammar-data.ts';
import { nested } from './heads.ts';
import * as t from './tokens.ts';

/** Values inside values beyond this are not read: more than structs can nest with lists between. */
export const VALUE_DEPTH_MAX = 40;

/** A rule that is told how many values it stands in. */
type ValueRule = ParserMethod<[depth?: number], CstNode>;

/** Rules for vectors. */
export class ValueParser extends DataParser {
  /** `vector "name" Type { … } = hex"…"`, or `malformed "name" Type hex"…"`. */
  readonly vector = this.RULE('vector', () => {
    this.CONSUME(t.Word, { LABEL: 'keyword' });
    this.OPTION({
      GATE: () => !this.heads.startsLine(),
      DEF: () => this.CONSUME(t.Text, { LABEL: 'name' }),
    });
    this.OPTION1({
      GATE: () => this.heads.isWordOfLine() && !this.heads.isHex(),
      DEF: () => this.CONSUME1(t.Word, { LABEL: 'of' }),
    });
    this.OPTION2(() => this.SUBRULE(this.object, { ARGS: [0] }));
    this.OPTION3(() => this.CONSUME(t.Equals));
    this.OPTION4({
      GATE: () => this.heads.isHex() || !this.heads.startsLine(),
      DEF: () => this.SUBRULE(this.value, { LABEL: 'bytes' }),
    });
    this.SUBRULE(this.junk);
  });

  readonly object: ValueRule = this.RULE('object', (depth = 0) => {
    this.CONSUME(t.LBrace);
    this.entries(this.objectEntry, { depth });
    this.OPTION(() => this.CONSUME(t.RBrace));
  });

  readonly objectEntry: ValueRule = this.RULE('objectEntry', (depth = 0) => {
    this.CONSUME(t.Word);
    this.OPTION(() => this.CONSUME(t.Colon));
    this.OPTION1({
      GATE: () => this.heads.isValue(),
      DEF: () => this.SUBRULE(this.literal, { ARGS: [depth + 1] }),
    });
    this.SUBRULE(this.junk);
  });

  readonly literal: ValueRule = this.RULE('literal', (depth = 0) => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Address) },
        { ALT: () => this.CONSUME(t.Decimal) },
        {
          GATE: () => depth <= VALUE_DEPTH_MAX,
          ALT: () => this.SUBRULE(this.list, { ARGS: [depth] }),
        },
        {
          GATE: () => depth <= VALUE_DEPTH_MAX,
          ALT: () => this.SUBRULE(this.object, { ARGS: [depth] }),
        },
        {
          GATE: () => depth <= VALUE_DEPTH_MAX && this.heads.isVariant(),
          ALT: () => {
            this.CONSUME(t.Word, { LABEL: 'variant' });
            this.SUBRULE1(this.object, { ARGS: [depth] });
          },
        },
        { ALT: () => this.SUBRULE(this.value) },
        { ALT: () => this.SUBRULE(this.deep) },
      ],
      IGNORE_AMBIGUITIES: true,
    });
  });

  readonly list: ValueRule = this.RULE('list', (depth = 0) => {
    this.CONSUME(t.LSquare);
    this.MANY({
      GATE: () => this.heads.isItem(),
      DEF: () =>
        this.OR({
          DEF: [
            {
              GATE: () => this.heads.isListed(),
              ALT: () => this.SUBRULE(this.literal, { ARGS: [depth + 1] }),
            },
            { ALT: () => this.CONSUME(t.Comma) },
            { ALT: () => this.CONSUME(t.Anything, { LABEL: 'unexpected' }) },
          ],
          IGNORE_AMBIGUITIES: true,
        }),
    });
    this.OPTION(() => this.CONSUME(t.RSquare));
  });

  /** A value that is nested too deep, with its brackets. */
  readonly deep = this.RULE('deep', () => {
    let depth = nested(0, this.CONSUME(t.Anything));
    this.MANY({
      GATE: () => depth > 0 && this.heads.isJunk(depth),
      DEF: () => (depth = nested(depth, this.CONSUME1(t.Anything))),
    });
  });
}
