/**
 * The grammar, and nothing but the grammar. It accepts every sequence of tokens: what may be
 * missing is optional, what cannot be understood goes to `junk` or `unknown`, and the syntax
 * tree's builder says so in its own words. So a broken declaration ends where the next one begins,
 * and no neighbour is lost.
 */
import { CommunityParser } from './grammar-community.ts';
import * as t from './tokens.ts';

/**
 * Parses one token sequence at a time into a concrete tree (`cst.gen.ts`). A rule can only name
 * rules that exist already, so each layer of the grammar is a class over the one below.
 */
export class SchemaParser extends CommunityParser {
  readonly file = this.RULE('file', () => {
    this.MANY(() => {
      this.OR({
        DEF: [
          { GATE: () => this.heads.isImport(), ALT: () => this.SUBRULE(this.importDeclaration) },
          { GATE: () => this.heads.isConst(), ALT: () => this.SUBRULE(this.constDeclaration) },
          { GATE: () => this.heads.isCodec(), ALT: () => this.SUBRULE(this.codec) },
          { GATE: () => this.heads.isAllow(), ALT: () => this.SUBRULE(this.allow) },
          { GATE: () => this.heads.isVector(), ALT: () => this.SUBRULE(this.vector) },
          { GATE: () => this.heads.isRequest(), ALT: () => this.SUBRULE(this.request) },
          { GATE: () => this.heads.isOf('community'), ALT: () => this.SUBRULE(this.community) },
          { GATE: () => this.heads.isOf('struct'), ALT: () => this.SUBRULE(this.struct) },
          { GATE: () => this.heads.isEnumeration(), ALT: () => this.SUBRULE(this.enumeration) },
          { GATE: () => this.heads.isOf('message'), ALT: () => this.SUBRULE(this.message) },
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

  constructor(options: { readonly isValidated?: boolean } = {}) {
    super(options);
    this.performSelfAnalysis();
  }
}
