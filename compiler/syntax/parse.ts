import type { IToken } from 'chevrotain';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import type { FileCstNode } from './cst.gen.ts';
import { SchemaParser } from './grammar.ts';
import { lex } from './lexer.ts';

/** A schema of more characters than this is not read. The largest real one has about 20 000. */
export const SOURCE_LENGTH_MAX = 1 << 20;

/** The concrete tree of one source. */
export type Parsed = {
  readonly source: Source;
  /** Undefined for a source that is too large. */
  readonly tree: FileCstNode | undefined;
  readonly tokens: readonly IToken[];
  /** `///` comments, in order. */
  readonly docs: readonly IToken[];
  /** All other comments, in order. */
  readonly comments: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Made when it is first needed, and once: chevrotain looks over the whole grammar, which takes 20 ms. */
let parser: SchemaParser | undefined;

/**
 * What readers put where bytes are no UTF-8. Hashed or sent it would be other bytes than those of the
 * file, and nobody means it.
 */
const UNREADABLE = '\uFFFD';

/** Parses a source. The grammar accepts everything; faults are found where the tree is read. */
export function parse(source: Source): Parsed {
  if (source.text.length > SOURCE_LENGTH_MAX) {
    const tooLarge = diagnose(
      'syntax/too-large',
      { limit: `${SOURCE_LENGTH_MAX} characters` },
      { at: { source, start: 0, end: 0 } },
    );
    return { source, tree: undefined, tokens: [], docs: [], comments: [], diagnostics: [tooLarge] };
  }
  const { tokens, docs, comments } = lex(source.text);
  parser ??= new SchemaParser();
  parser.input = [...tokens];
  const tree = parser.file() as FileCstNode;
  const diagnostics = parser.errors.map((error) =>
    diagnose(
      'syntax/unexpected',
      { found: `\`${error.token.image}\`` },
      { at: { source, start: error.token.startOffset, end: (error.token.endOffset ?? 0) + 1 } },
    ),
  );
  // Nothing of this source is held until the next one.
  parser.input = [];
  const at = source.text.indexOf(UNREADABLE);
  if (at >= 0) {
    const help = ['save it as UTF-8, and mend what is written wrong here'];
    diagnostics.push(
      diagnose('syntax/not-utf8', {}, { at: { source, start: at, end: at + 1 }, help }),
    );
  }
  return { source, tree, tokens, docs, comments, diagnostics };
}
