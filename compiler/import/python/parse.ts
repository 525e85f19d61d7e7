/** A file of Python → its tree, whatever the file holds. */
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';
import { childrenOf, type Node, parseText, type Piece, spanOf, type Tree } from './node.ts';
import { statementsOf } from './statements.ts';
import type { Fault, PythonModule } from './tree.ts';

/**
 * Reads a file. Where it is no Python, the declarations at its margin are read one by one, so that a
 * bracket without its partner takes no more than the one in which it stands.
 */
export function parsePython(source: Source): PythonModule {
  const { text } = source;
  const whole = read({ source, offset: 0, text });
  if (whole.faults.length === 0) return { source, ...whole };
  const parts = pieces(source).map(read);
  return {
    source,
    body: parts.flatMap(({ body }) => body),
    faults: parts.flatMap(({ faults }) => faults),
    comments: parts.flatMap(({ comments }) => comments),
  };
}

function read(piece: Piece): Omit<PythonModule, 'source'> {
  const tree = parseText(piece.text);
  if (tree === undefined) {
    const to = /^.*/.exec(piece.text)?.[0].length ?? 0;
    const fault = { span: spanOf({ from: 0, to }, piece), isInFunction: false };
    return { body: [], faults: [fault], comments: [] };
  }
  return {
    body: statementsOf(childrenOf(tree.topNode), piece),
    faults: faultsOf(tree, piece),
    comments: commentsOf(tree, piece),
  };
}

/** Lines that begin a declaration or an import, at the margin. */
const MARGIN = /^(?:@|(?:class|def|async|import|from|if)\b)/gm;

/** The text cut in front of such lines. Decorators stay with what they decorate. */
function pieces(source: Source): readonly Piece[] {
  const { text } = source;
  const cuts = [0];
  let isDecorated = false;
  for (const { 0: word, index } of text.matchAll(MARGIN)) {
    if (!isDecorated && index > 0) cuts.push(index);
    isDecorated = word === '@';
  }
  return cuts.map((start, at) => ({
    source,
    offset: start,
    text: text.slice(start, cuts[at + 1]),
  }));
}

/** One fault a line: behind the first the parser guesses. */
function faultsOf(tree: Tree, piece: Piece): readonly Fault[] {
  const found: Fault[] = [];
  let functions = 0;
  let lineEnd = -1;
  tree.iterate({
    enter(cursor) {
      if (cursor.name === 'FunctionDefinition') functions += 1;
      if (!cursor.type.isError || cursor.from <= lineEnd || isBareYield(cursor.node)) return;
      const feed = piece.text.indexOf('\n', cursor.from);
      lineEnd = feed < 0 ? piece.text.length : feed;
      const to = Math.min(Math.max(cursor.to, cursor.from), lineEnd);
      found.push({ span: spanOf({ from: cursor.from, to }, piece), isInFunction: functions > 0 });
    },
    leave(cursor) {
      if (cursor.name === 'FunctionDefinition') functions -= 1;
    },
  });
  // What is unclosed is missed at the end too.
  const end = piece.offset + piece.text.length;
  return found.length < 2 ? found : found.filter(({ span }) => span.start < end);
}

/** The grammar wants a value behind `yield`; Python does not. */
function isBareYield(node: Node): boolean {
  const { parent } = node;
  const isYield = parent?.name === 'YieldExpression' || parent?.name === 'YieldStatement';
  return isYield && node.from === node.to;
}

function commentsOf(tree: Tree, piece: Piece): readonly Span[] {
  const found: Span[] = [];
  tree.iterate({
    enter(cursor) {
      if (cursor.name === 'Comment') found.push(spanOf(cursor, piece));
    },
  });
  return found;
}
