import { build } from '../ast/build.ts';
import { docComments } from '../ast/doc-comments.ts';
import { createSource, type Source } from '../source/source.ts';
import { lex } from '../syntax/lexer.ts';
import { createParse, type Parse, type Parsed } from '../syntax/parse.ts';
import type { CstNode } from '../syntax/tree.ts';
import { isToken } from './concrete.ts';
import { layOut } from './layout.ts';
import { print } from './print.ts';

/** A schema in its canonical form. */
export type Formatted = {
  /** Differs from the source in white space only. */
  readonly text: string;
  /** How many faults of form there are; what holds them is left as it was. */
  readonly faults: number;
};

/** Formats a source. */
export type Format = (source: Source) => Formatted;

/** A formatter for any number of sources; making one takes as long as making a parser. */
export function createFormat(): Format {
  const parse = createParse();
  return (source) => formatWith(parse, source);
}

/**
 * The canonical form of a schema. A declaration or entry that cannot be read stays as it is, byte
 * for byte, and so does a whole schema that would be read differently afterwards, which can be when
 * only indentation tells where a broken declaration ends.
 */
function formatWith(parse: Parse, source: Source): Formatted {
  const parsed = parse(source);
  const { diagnostics } = build(parsed);
  const unchanged = { text: source.text, faults: diagnostics.length };
  if (parsed.tree === undefined || parsed.diagnostics.length > 0) return unchanged;
  const { tokens } = parsed;
  const { docs, comments } = lex(source.text);
  const faults = diagnostics.map(({ primary }) => primary.span.start);
  const text = print(
    {
      text: source.text,
      tokens,
      comments: [...docs, ...comments].sort((a, b) => a.startOffset - b.startOffset),
    },
    layOut(parsed.tree, { source, tokens, faults }),
  );
  if (text === source.text) return unchanged;
  const again = parse(createSource(source.path, text));
  return meaningOf(again) === meaningOf(parsed) ? { ...unchanged, text } : unchanged;
}

/** All that a reader of the tree can see of a schema, places apart. */
function meaningOf(parsed: Parsed): string {
  const docs = docComments(parsed.tokens, parsed.docs);
  const parts: string[] = [];
  const visit = (node: CstNode): void => {
    parts.push(node.name, '(');
    for (const [label, children] of Object.entries(node.children)) {
      parts.push(label);
      for (const child of children) {
        if (isToken(child)) parts.push(JSON.stringify([child.image, docs.get(child.startOffset)]));
        else visit(child);
      }
    }
    parts.push(')');
  };
  if (parsed.tree !== undefined) visit(parsed.tree);
  for (const { code } of build(parsed).diagnostics) parts.push(code);
  return parts.join(' ');
}
