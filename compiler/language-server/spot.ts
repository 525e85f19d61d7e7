/** What a person is about to write: found from the tokens in front, so that broken texts do. */
import type { Source } from '../source/source.ts';
import { lex } from '../syntax/lexer.ts';
import type { IToken } from '../syntax/tree.ts';

/** What the brackets around a place hold. */
export type Body =
  | 'file'
  | 'community'
  | 'fields'
  | 'members'
  | 'variants'
  | 'bits'
  | 'object'
  | 'targets'
  | 'type-parameters'
  | 'size'
  | 'parentheses';

/** A bracket that is open, and what stands in it since its last separator. */
export type Frame = {
  readonly body: Body;
  /** What stands in front of the bracket. */
  readonly head: readonly string[];
  /** Words and signs of the entry so far. */
  entry: string[];
  /** How many commas the entry has behind it in these brackets. */
  commas: number;
};

export type Spot = {
  /** The file first, the innermost bracket last. */
  readonly frames: readonly Frame[];
  /** What is being typed; empty at its beginning. Its start is where a completion begins. */
  readonly typed: { readonly start: number; readonly end: number };
};

/** Undefined inside comments and texts, where nothing is completed. */
export function spotAt(source: Source, offset: number): Spot | undefined {
  const before = lex(source.text.slice(0, offset));
  const last = before.tokens.at(-1);
  const note = [before.comments.at(-1), before.docs.at(-1)].some((one) => endOf(one) === offset);
  if (note) return undefined;
  if (last?.tokenType.name === 'UnclosedText' && endOf(last) === offset) return undefined;
  const isTyping =
    endOf(last) === offset &&
    (last?.tokenType.name === 'Word' || last?.tokenType.name === 'Integer');
  const tokens = isTyping ? before.tokens.slice(0, -1) : before.tokens;
  const start = isTyping ? (last?.startOffset ?? offset) : offset;
  const rest = /^\w*/.exec(source.text.slice(offset, offset + 64))?.[0].length ?? 0;
  return { frames: framesOf(source, tokens, start), typed: { start, end: offset + rest } };
}

function endOf(token: IToken | undefined): number {
  return token === undefined ? -1 : (token.endOffset ?? token.startOffset) + 1;
}

const CLOSING = ['}', '>', ']', ')'];

/** Words that begin a declaration when they begin a line. */
const TOP_LEVEL = ['community', 'abstract', 'struct', 'enum', 'flags', 'union', 'import', 'codec'];

function framesOf(source: Source, tokens: readonly IToken[], offset: number): readonly Frame[] {
  const file: Frame = { body: 'file', head: [], entry: [], commas: 0 };
  let frames = [file];
  let line = 0;
  for (const token of tokens) {
    const isNewLine = (token.startLine ?? 0) > line;
    line = token.startLine ?? line;
    // A declaration in the first column ends whatever was left open.
    if (isNewLine && token.startColumn === 1 && TOP_LEVEL.includes(token.image)) frames = [file];
    const top = frames.at(-1) ?? file;
    if (isNewLine && endsWithLine(top)) top.entry = [];
    if (CLOSING.includes(token.image)) {
      if (frames.length > 1) frames.pop();
      closeIn(frames.at(-1) ?? file, token.image);
    } else if (token.image === ',' && top.body !== 'file' && top.body !== 'community') {
      top.entry = [];
      top.commas++;
    } else if ('{<[('.includes(token.image)) {
      frames.push({ body: bodyOf(token.image, frames), head: top.entry, entry: [], commas: 0 });
      top.entry = [...top.entry, token.image];
    } else top.entry.push(token.image);
  }
  const top = frames.at(-1) ?? file;
  const gap = source.text.slice(endOf(tokens.at(-1)), offset);
  if (/[\r\n]/.test(gap) && endsWithLine(top)) top.entry = [];
  return frames;
}

/** A body ends its declaration; other brackets are parts of their entry. */
function closeIn(frame: Frame, bracket: string): void {
  const isEnd = bracket === '}' && (frame.body === 'file' || frame.body === 'community');
  frame.entry = isEnd ? [] : [...frame.entry, bracket];
}

/** In braces a line end separates, unless something is still to come on the next line. */
function endsWithLine({ body, entry }: Frame): boolean {
  if (body === 'type-parameters' || body === 'size' || body === 'parentheses') return false;
  return entry.at(-1) !== ':' && entry.at(-1) !== '=';
}

function bodyOf(bracket: string, frames: readonly Frame[]): Body {
  if (bracket === '<') return 'type-parameters';
  if (bracket === '[') return 'size';
  if (bracket === '(') return 'parentheses';
  const words = frames.at(-1)?.entry ?? [];
  const outer = frames.at(-1)?.body;
  if (words.at(-1) === 'bits') return 'bits';
  if (outer === 'object' || words[0] === 'vector') return 'object';
  if (words[0] === 'codec') return 'targets';
  if (words.includes('community')) return 'community';
  if (words[0] === 'enum' || words[0] === 'flags') return 'members';
  return words[0] === 'union' ? 'variants' : 'fields';
}
