/**
 * The grammar's lowest layer: what cannot be understood, and bodies in which anything may stand.
 */
import {
  CstParser,
  type CstNode,
  type IOrAlt,
  type OrMethodOpts,
  type ParserMethod,
} from 'chevrotain';
import { canBeField, Heads, nested } from './heads.ts';
import * as t from './tokens.ts';

/** Rules for what is not a schema. */
export class RecoveryParser extends CstParser {
  protected readonly heads = new Heads((ahead) => this.LA(ahead));

  /** A test makes one that validates its grammar; otherwise that is time lost at every start. */
  constructor({ isValidated = false }: { readonly isValidated?: boolean } = {}) {
    super(t.vocabulary, {
      maxLookahead: 1,
      nodeLocationTracking: 'onlyOffset',
      recoveryEnabled: false,
      skipValidations: !isValidated,
    });
  }

  /** `#allow(size/exceeds-datagram, "LAN only")` in front of an entry or declaration. */
  readonly allow = this.RULE('allow', () => {
    this.CONSUME(t.Directive);
    this.OPTION({
      GATE: () => !this.heads.startsLine(),
      DEF: () => {
        this.CONSUME(t.LParen);
        this.OPTION1({
          GATE: () => !this.heads.startsLine(),
          DEF: () =>
            this.OR([
              { ALT: () => this.CONSUME(t.Code) },
              { ALT: () => this.CONSUME(t.Word) },
              { ALT: () => undefined },
            ]),
        });
        this.OPTION2({
          GATE: () => !this.heads.startsLine(),
          DEF: () => this.CONSUME(t.Comma),
        });
        this.OPTION3(() => this.CONSUME(t.Text));
        this.OPTION4(() => this.CONSUME(t.RParen));
      },
    });
    this.OPTION5({
      GATE: () => this.LA(0).tokenType !== t.RParen,
      DEF: () => this.SUBRULE(this.junk),
    });
  });

  /** What is left of an entry or head that cannot be understood; ends with its line, or at `{`. */
  readonly junk = this.RULE('junk', () => {
    let depth = 0;
    this.MANY({
      GATE: () => this.heads.isJunk(depth),
      DEF: () => (depth = nested(depth, this.CONSUME(t.Anything))),
    });
  });

  /** Something in a body that cannot begin an entry. */
  readonly stray = this.RULE('stray', () => {
    let depth = nested(0, this.CONSUME(t.Anything));
    this.MANY({
      GATE: () => this.heads.isJunk(depth) && (depth > 0 || !canBeField(this.LA(1))),
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
      // A semicolon stands for itself.
      GATE: () => first.image !== ';' && this.heads.isUnknown(depth, first),
      DEF: () => (depth = nested(depth, this.CONSUME1(t.Anything))),
    });
  });

  /** The entries of a body, in any order with commas and what cannot be understood. */
  protected entries(
    entry: ParserMethod<[depth?: number], CstNode>,
    {
      depth,
      others = [],
    }: { readonly depth?: number; readonly others?: readonly IOrAlt<unknown>[] } = {},
  ): void {
    const alternatives: OrMethodOpts<unknown> = {
      DEF: [
        ...others,
        { GATE: () => this.heads.isAllow(), ALT: () => this.SUBRULE(this.allow) },
        { ALT: () => this.SUBRULE(entry, { ARGS: depth === undefined ? [] : [depth] }) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.stray) },
      ],
      IGNORE_AMBIGUITIES: true,
    };
    this.MANY({ GATE: () => this.heads.isEntry(), DEF: () => this.OR(alternatives) });
  }
}
