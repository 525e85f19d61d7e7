/**
 * A user's file of handlers beside its schema: which handlers it lacks, which have lost their
 * message, and what to insert. Nothing that the file holds is ever changed.
 */
import { MagicString } from 'magic-string';
import type { Diagnostic, Edit } from '../diagnostics/diagnostic.ts';
import { handlerName } from '../emit/names.ts';
import type { Message } from '../ir/model.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import { findHomes, type Home } from './homes.ts';
import { type Members, readMembers } from './members.ts';
import { createNaming } from './naming.ts';
import { planHandlers } from './plan-handlers.ts';
import {
  brokenFile,
  isLeftOver,
  leftOver,
  missingHandler,
  noHome,
  secondHome,
  unreadable,
} from './problems.ts';
import { readStyle } from './read-style.ts';
import type { StubRequest } from './request.ts';
import { openTree, type Range, rangeOf, type Tree } from './tree.ts';

/** What there is to say about a file of handlers. */
export type Review = {
  /** Errors and warnings; missing handlers are errors that carry the text to insert. */
  readonly diagnostics: readonly Diagnostic[];
  /** False when a fault hides the handlers: then nothing is known to be missing. */
  readonly isReadable: boolean;
  /** Handlers that the file lacks. */
  readonly missing: readonly string[];
  /** Handlers whose message the protocol does not have. */
  readonly leftOver: readonly string[];
  /** Insertions that add all missing handlers, and the import they need. */
  readonly edits: readonly Edit[];
};

/** Reads a file; its path tells TypeScript from JavaScript. */
export async function reviewHandlers(source: Source, request: StubRequest): Promise<Review> {
  try {
    return await review(source, request);
  } catch (error) {
    // TypeScript's parser, and all that walks its trees, calls itself once per level.
    const isTooDeep = error instanceof RangeError && /call stack/i.test(error.message);
    if (!isTooDeep) throw error;
    return unreadableFile([brokenFile({ source, start: 0, end: 0 }, 'it is nested too deep')]);
  }
}

async function review(source: Source, request: StubRequest): Promise<Review> {
  const mark = source.text.startsWith('\ufeff') ? 1 : 0;
  const tree = await openTree(source.text.slice(mark), source.path);
  const spanOf = ({ start, end }: Range): Span => ({
    source,
    start: start + mark,
    end: end + mark,
  });
  if ('problem' in tree) {
    const { problem, start } = tree;
    return unreadableFile([brokenFile(spanOf({ start, end: start + 1 }), problem)]);
  }
  const naming = createNaming(tree, request);
  const [home, second] = findHomes(tree, naming);
  if (home === undefined) return unreadableFile([noHome(spanOf({ start: 0, end: 0 }), request)]);
  const at = spanOf(headOf(tree, home));
  if (second !== undefined) {
    return unreadableFile([secondHome(spanOf(headOf(tree, second)), at, request.community)]);
  }
  const found = readMembers(tree, home, naming);
  if (found.unreadable !== undefined) {
    const { range, what } = found.unreadable;
    return unreadableFile([unreadable(spanOf(range), what)]);
  }
  return compare({ tree, home, at, found, request, spanOf });
}

function unreadableFile(diagnostics: readonly Diagnostic[]): Review {
  return { diagnostics, isReadable: false, missing: [], leftOver: [], edits: [] };
}

type Found = {
  readonly tree: Tree;
  readonly home: Home;
  /** Where a home begins, for what is said about it. */
  readonly at: Span;
  readonly found: Members;
  readonly request: StubRequest;
  readonly spanOf: (range: Range) => Span;
};

function compare({ tree, home, at, found, request, spanOf }: Found): Review {
  const present = new Set(found.members.map(({ name }) => name));
  const missing = request.messages.filter(({ name }) => !present.has(handlerName(name)));
  const style = readStyle(tree, request.style);
  const editsFor = (messages: readonly Message[]): readonly Edit[] =>
    planHandlers({ tree, home, style, request }, messages).map(({ at: offset, text }) => ({
      span: spanOf({ start: offset, end: offset }),
      replacement: text,
    }));
  const rest = found.members.flatMap((member) =>
    isLeftOver(member, request, missing) ? [{ member, span: spanOf(member.nameRange) }] : [],
  );
  return {
    diagnostics: [
      ...missing.map((message) => missingHandler(at, message, editsFor([message]))),
      ...rest.map(({ member, span }) => leftOver(span, member, { request, missing })),
    ],
    isReadable: true,
    missing: missing.map(({ name }) => handlerName(name)),
    leftOver: rest.map(({ member }) => member.name),
    edits: missing.length === 0 ? [] : editsFor(missing),
  };
}

/** The name of a class, the brace of an object. */
function headOf(tree: Tree, { node }: Home): Range {
  if (!tree.morph.Node.isObjectLiteralExpression(node)) {
    const name = node.getNameNode();
    if (name !== undefined) return rangeOf(name);
  }
  return { start: node.getStart(), end: node.getStart() + 1 };
}

/** The text with the insertions in it. */
export function applyInsertions(source: Source, edits: readonly Edit[]): string {
  const target = new MagicString(source.text);
  for (const { replacement, span } of edits) target.appendLeft(span.start, replacement);
  return target.toString();
}
