import { build, type Built } from '../ast/build.ts';
import { docComments } from '../ast/doc-comments.ts';
import { createSource, type Source } from '../source/source.ts';
import { lex, type Lexed } from '../syntax/lexer.ts';
import { parse, type Parsed } from '../syntax/parse.ts';
import type { CstNode, IToken } from '../syntax/tree.ts';
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

/**
 * The canonical form of a schema. A declaration or entry that cannot be read stays as it is, byte
 * for byte, and so does a whole schema that would be read differently afterwards, which can be when
 * only indentation tells where a broken declaration ends.
 */
export function formatSource(source: Source): Formatted {
  const parsed = parse(source);
  const { diagnostics } = build(parsed);
  const unchanged = { text: source.text, faults: diagnostics.length };
  if (parsed.tree === undefined || parsed.diagnostics.length > 0) return unchanged;
  const { tokens, docs, comments } = parsed;
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
  if (diagnostics.length === 0 && isSpacedAlike(parsed, lex(text))) return { ...unchanged, text };
  const again = parse(createSource(source.path, text));
  const isSafe = isReadAlike(
    { parsed, diagnostics },
    { parsed: again, diagnostics: build(again).diagnostics },
  );
  return isSafe ? { ...unchanged, text } : unchanged;
}

/**
 * True when the same tokens begin lines, and have the same documentation. The grammar asks tokens
 * and line starts; where a token stands in its line decides only for what is broken. So a schema
 * without faults need not be parsed again.
 */
function isSpacedAlike(before: Parsed, after: Lexed): boolean {
  if (before.tokens.length !== after.tokens.length) return false;
  const docs = [
    docComments(before.tokens, before.docs),
    docComments(after.tokens, after.docs),
  ] as const;
  let [line, lineAfter] = [0, 0];
  return before.tokens.every((token, at) => {
    const other = after.tokens[at];
    if (other === undefined || token.image !== other.image) return false;
    const [isFirst, isFirstAfter] = [token.startLine !== line, other.startLine !== lineAfter];
    [line, lineAfter] = [token.endLine ?? line, other.endLine ?? lineAfter];
    return (
      isFirst === isFirstAfter && docs[0].get(token.startOffset) === docs[1].get(other.startOffset)
    );
  });
}

/** A parsed schema and what its reader complains of. */
type Reading = Pick<Built, 'diagnostics'> & { readonly parsed: Parsed };

/** True when a reader of the trees sees the same in both, places apart. */
function isReadAlike(one: Reading, other: Reading): boolean {
  const [a, b] = [one.parsed, other.parsed];
  if (a.tree === undefined || b.tree === undefined) return a.tree === b.tree;
  const docs = [docComments(a.tokens, a.docs), docComments(b.tokens, b.docs)] as const;
  return (
    one.diagnostics.length === other.diagnostics.length &&
    one.diagnostics.every(({ code }, at) => code === other.diagnostics[at]?.code) &&
    isSameNode(a.tree, b.tree, docs)
  );
}

type Docs = ReadonlyMap<number, string>;

function isSameNode(a: CstNode, b: CstNode, docs: readonly [Docs, Docs]): boolean {
  const labels = Object.keys(a.children);
  const others = Object.keys(b.children);
  if (a.name !== b.name || labels.length !== others.length) return false;
  return labels.every((label, at) => {
    if (label !== others[at]) return false;
    const ours = a.children[label] ?? [];
    const theirs = b.children[label] ?? [];
    return (
      ours.length === theirs.length &&
      ours.every((child, place) => isSameElement(child, theirs[place], docs))
    );
  });
}

function isSameElement(
  a: CstNode | IToken,
  b: CstNode | IToken | undefined,
  docs: readonly [Docs, Docs],
): boolean {
  if (b === undefined) return false;
  if (!isToken(a)) return !isToken(b) && isSameNode(a, b, docs);
  if (!isToken(b) || a.image !== b.image) return false;
  return docs[0].get(a.startOffset) === docs[1].get(b.startOffset);
}
