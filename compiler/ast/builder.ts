/** What every part of the tree's builder needs: places, comments, and where to complain. */
import type { CstNode, IToken } from '../syntax/tree.ts';
import { diagnose, type Diagnostic, type Suggestion } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { endOf, startOf, textOf, type Span } from '../source/span.ts';
import type { JunkCstNode } from '../syntax/cst.gen.ts';
import type { Expression, Name, TextLiteral } from './nodes.ts';

/** One run over one source. */
export type Builder = {
  readonly source: Source;
  readonly docs: ReadonlyMap<number, string>;
  readonly report: (diagnostic: Diagnostic) => void;
  /** How many faults have been reported so far. */
  readonly faults: () => number;
};

/** The place of a token. */
export function tokenSpan(builder: Builder, token: IToken): Span {
  return {
    source: builder.source,
    start: token.startOffset,
    end: (token.endOffset ?? token.startOffset) + 1,
  };
}

/** The place of a node. */
export function nodeSpan(builder: Builder, node: CstNode): Span {
  const start = node.location?.startOffset ?? 0;
  const end = node.location?.endOffset;
  if (Number.isNaN(start)) return { source: builder.source, start: 0, end: 0 };
  return { source: builder.source, start, end: end === undefined ? start : end + 1 };
}

/** A word in its place. */
export function nameOf(builder: Builder, token: IToken): Name {
  return { text: token.image, span: tokenSpan(builder, token) };
}

/** The doc comment in front of a place; empty for none. */
export function docOf(builder: Builder, span: Span): string {
  return builder.docs.get(span.start) ?? '';
}

/** Reports that something is missing behind a place. */
export function reportExpected(
  builder: Builder,
  after: Span,
  missing: { readonly what: string; readonly help?: string; readonly insert?: string },
): void {
  const at = endOf(after);
  const suggestions: Suggestion[] = [];
  if (missing.insert !== undefined) {
    suggestions.push({
      text: `insert ${missing.what}`,
      edits: [{ span: at, replacement: missing.insert }],
      applicability: 'machine-applicable',
    });
  }
  builder.report(
    diagnose(
      'syntax/expected',
      { expected: missing.what },
      {
        at,
        label: `${missing.what} is missing here`,
        help: missing.help === undefined ? [] : [missing.help],
        suggestions,
      },
    ),
  );
}

/** Reports tokens that could not be understood, once for all of them; true when there were any. */
export function reportJunk(
  builder: Builder,
  nodes: readonly JunkCstNode[],
  help?: string,
): boolean {
  const junk = nodes.find((node) => node.children.Anything !== undefined);
  const first = junk?.children.Anything?.[0];
  if (first === undefined) return false;
  reportUnexpected(builder, tokenSpan(builder, first), help);
  return true;
}

/** Reports a token that cannot stand where it does. */
export function reportUnexpected(builder: Builder, at: Span, help?: string): void {
  const text = textOf(at);
  const shown = text.length > 30 ? `${text.slice(0, 30)}…` : text;
  const suggestions = text === ';' ? [withoutSemicolon(at)] : [];
  builder.report(
    diagnose(
      'syntax/unexpected',
      { found: `\`${shown}\`` },
      {
        at,
        label: 'not understood here',
        help: help === undefined || text === ';' ? [] : [help],
        suggestions,
      },
    ),
  );
}

/** Line ends separate; on one line commas do. */
function withoutSemicolon(at: Span): Suggestion {
  const behind = at.source.text.slice(at.end, at.end + 200);
  const isLast = /^[ \t]*(?:$|[\r\n};]|\/\/)/.test(behind);
  const isField = /^[ \t]*(?:const[ \t]+)?\w+[ \t]*:/.test(behind);
  const what = isLast ? 'remove the semicolon' : isField ? 'write a comma' : 'begin a new line';
  return {
    text: what,
    edits: [{ span: at, replacement: isLast ? '' : isField ? ',' : '\n' }],
    applicability: 'machine-applicable',
  };
}

/** Reports a word that is one letter away from the one that must stand there. */
export function reportMisspelt(
  builder: Builder,
  word: Name,
  { near, what }: { readonly near: string; readonly what: string },
): void {
  const suggestion: Suggestion = {
    text: `the word is \`${near}\``,
    edits: [{ span: word.span, replacement: near }],
    applicability: 'machine-applicable',
  };
  const details = { at: word.span, suggestions: [suggestion] };
  builder.report(diagnose('syntax/unknown-word', { word: word.text, what }, details));
}

/** Reports a bracket that nothing closes. */
export function reportUnclosed(builder: Builder, open: IToken, whole: CstNode): void {
  const at = tokenSpan(builder, open);
  const end = endOf(nodeSpan(builder, whole));
  const close = { '{': '}', '<': '>', '[': ']', '(': ')' }[open.image] ?? '';
  builder.report(
    diagnose(
      'syntax/unclosed',
      { open: open.image },
      {
        at,
        label: 'opened here',
        others: [{ span: end, text: `a \`${close}\` is missing here or further up` }],
      },
    ),
  );
}

type Entry = { readonly span: Span; readonly isBroken?: boolean };

/** Reports entries of one line that no comma separates. A closing brace separates as well. */
export function checkSeparators(
  builder: Builder,
  entries: readonly Entry[],
  commas: readonly IToken[] | undefined,
): void {
  let next = 0;
  for (let at = 1; at < entries.length; at++) {
    const [before, after] = [entries[at - 1]?.span, entries[at]?.span];
    if (before === undefined || after === undefined) continue;
    if (entries[at - 1]?.isBroken === true) continue;
    if (builder.source.text[before.end - 1] === '}') continue;
    while ((commas?.[next]?.startOffset ?? Infinity) < before.end) next++;
    if ((commas?.[next]?.startOffset ?? Infinity) < after.start) continue;
    if (hasLineEnd(builder.source.text, before.end, after.start)) continue;
    builder.report(
      diagnose(
        'syntax/missing-separator',
        { what: `\`${textOf(before)}\` and what follows it` },
        {
          at: startOf(after),
          label: 'a comma or a new line is missing here',
          suggestions: [
            {
              text: 'insert a comma',
              edits: [{ span: endOf(before), replacement: ',' }],
              applicability: 'machine-applicable',
            },
          ],
        },
      ),
    );
  }
}

function hasLineEnd(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const character = text[at];
    if (character === '\n' || character === '\r') return true;
  }
  return false;
}

/** What stands for numbers that are too long to read: it fits nothing. */
const DIGITS_MAX = 40;

/** A number of 128 bits in binary, and some zeros. */
const DIGITS_READ_MAX = 170;

/** The number or the constant's name that a token stands for. */
export function expressionOf(
  builder: Builder,
  token: IToken,
  kind: 'integer' | 'reference',
): Expression {
  const span = tokenSpan(builder, token);
  if (kind === 'reference') return { kind, text: token.image, span };
  const isNegative = token.image.startsWith('-');
  const digits = isNegative ? token.image.slice(1) : token.image;
  if (digits.length > DIGITS_READ_MAX) {
    const parameters = { digits: String(digits.length) };
    const details = { at: span, notes: ['no field has more than 20'] };
    builder.report(diagnose('syntax/long-number', parameters, details));
  }
  const size = BigInt(digits.length > DIGITS_READ_MAX ? `1${'0'.repeat(DIGITS_MAX)}` : digits);
  return { kind, value: isNegative ? -size : size, span };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/** The text between the quotes, its escapes resolved. */
export function textLiteral(builder: Builder, token: IToken): TextLiteral {
  const span = tokenSpan(builder, token);
  const isClosed = token.tokenType.name === 'Text';
  if (!isClosed) {
    builder.report(
      diagnose('syntax/unterminated-text', {}, { at: span, label: 'ends with its line' }),
    );
  }
  const inner = token.image.slice(1, isClosed ? -1 : undefined);
  if (!inner.isWellFormed()) {
    builder.report(diagnose('syntax/broken-text', {}, { at: span }));
  }
  const text = inner.replace(/\\(.?)/g, (escape, letter: string) => {
    const meaning = ESCAPES[letter];
    if (meaning !== undefined) return meaning;
    if (isClosed) {
      const help = ['the escapes are `\\n`, `\\r`, `\\t`, `\\"` and `\\\\`'];
      builder.report(diagnose('syntax/unknown-escape', { escape }, { at: span, help }));
    }
    return '';
  });
  return { text, span };
}
