/** `#allow(code, "reason")` and what it stands in front of: concrete tree → tree. */
import type { CstNode, IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import type { Span } from '../source/span.ts';
import {
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import type { AllowNode } from './nodes.ts';

const FORM = 'it is written `#allow(group/code, "reason")`';

/** What an allow can stand in front of. */
const TARGETS: ReadonlySet<string> = new Set([
  'importDeclaration',
  'constDeclaration',
  'community',
  'struct',
  'enumeration',
  'codec',
  'vector',
  'message',
  'request',
  'reserved',
  'field',
  'enumMember',
  'variant',
  'bitsMember',
]);

type Found = {
  readonly allows: cst.AllowCstNode[];
  /** By the offset at which they begin, the outermost of each. */
  readonly targets: Map<number, CstNode>;
};

/** Every allow of a schema, in order. */
export function buildAllows(
  builder: Builder,
  tree: cst.FileCstNode,
  tokens: readonly IToken[],
): readonly AllowNode[] {
  if (!tokens.some(({ tokenType }) => tokenType.name === 'Directive')) return [];
  const found: Found = { allows: [], targets: new Map() };
  survey(tree, found);
  const next = followers(tokens);
  // From the last to the first: what follows an allow that follows an allow is known already.
  const behind = new Map<number, CstNode | undefined>();
  for (const node of found.allows.toReversed()) {
    const { end, start } = nodeSpan(builder, node);
    const after = next(end);
    behind.set(start, behind.has(after) ? behind.get(after) : found.targets.get(after));
  }
  return found.allows.flatMap((node) => {
    const target = behind.get(nodeSpan(builder, node).start);
    return buildAllow(builder, node, target) ?? [];
  });
}

function survey(node: CstNode, found: Found): void {
  if (isAllow(node)) found.allows.push(node);
  const start = node.location?.startOffset;
  if (TARGETS.has(node.name) && start !== undefined && !found.targets.has(start)) {
    found.targets.set(start, node);
  }
  for (const children of Object.values(node.children)) {
    for (const child of children) if (!('image' in child)) survey(child, found);
  }
}

function isAllow(node: CstNode): node is cst.AllowCstNode {
  return node.name === 'allow';
}

/** Finds where the first token at or behind an offset begins. */
function followers(tokens: readonly IToken[]): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return tokens[low]?.startOffset ?? -1;
  };
}

function buildAllow(
  builder: Builder,
  node: cst.AllowCstNode,
  target: CstNode | undefined,
): AllowNode | undefined {
  const { Code, Comma, Directive, junk, LParen, RParen, Text, Word } = node.children;
  const faults = builder.faults();
  const directive = tokenSpan(builder, Directive[0] as IToken);
  const span = nodeSpan(builder, node);
  reportWord(builder, directive);
  const beforeForm = builder.faults();
  const [code, text] = [Code?.[0] ?? Word?.[0], Text?.[0]];
  const reason = text === undefined ? undefined : textLiteral(builder, text);
  if (builder.faults() !== beforeForm) {
    // The text is not closed, and so nothing else is.
  } else if (LParen === undefined) {
    reportExpected(builder, directive, { what: '`(` and a code', help: FORM });
  } else if (code === undefined) {
    if (!reportJunk(builder, junk ?? [], FORM)) {
      reportExpected(builder, tokenSpan(builder, LParen[0] as IToken), {
        what: 'a code',
        help: FORM,
      });
    }
  } else if (!reportJunk(builder, junk ?? [], FORM)) {
    const end = tokenSpan(builder, text ?? Comma?.[0] ?? code);
    if (text !== undefined && Comma === undefined) {
      reportExpected(builder, tokenSpan(builder, code), { what: '`,`', insert: ',' });
    } else if (RParen === undefined) {
      reportExpected(builder, end, { what: '`)`', insert: ')' });
    }
  }
  if (target === undefined && builder.faults() === faults) {
    const help = 'an allow stands in front of a declaration, a message, a field or a member';
    reportExpected(builder, span, { what: 'something to allow it for', help });
  }
  // Without its reason it would be told twice what is wrong with it.
  const isBroken = builder.faults() !== beforeForm && reason === undefined;
  if (code === undefined || target === undefined || isBroken) return undefined;
  return { code: nameOf(builder, code), reason, target: nodeSpan(builder, target), span };
}

function reportWord(builder: Builder, at: Span): void {
  const word = at.source.text.slice(at.start, at.end);
  if (word === '#allow') return;
  const suggestion = {
    text: 'the word is `#allow`',
    edits: [{ span: at, replacement: '#allow' }],
    applicability: 'machine-applicable',
  } as const;
  const details = { at, suggestions: [suggestion] };
  builder.report(diagnose('syntax/unknown-declaration', { word }, details));
}
