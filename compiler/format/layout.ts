/** Decides where lines begin. Nothing is written here. */
import type { Source } from '../source/source.ts';
import type { CstNode, IToken } from '../syntax/tree.ts';
import {
  allChildren,
  blockOf,
  childrenOf,
  endOf,
  isToken,
  startOf,
  type Block,
  type Element,
} from './concrete.ts';
import { apartIn, gluedIn, spaceBetween, type Spacing } from './spacing.ts';

/** Lines are not longer than this when there is a choice. */
export const LINE_LENGTH_MAX = 100;

/** Columns of one step of indentation. */
export const INDENT = 2;

/** Steps by which the later lines of one entry are indented. */
const CONTINUATION = 2;

/** How a token is set off from the one before it. */
export type Place =
  /** On the same line; `indent` is for when a comment in between makes that impossible. */
  | { readonly kind: 'flat'; readonly indent: number }
  | {
      readonly kind: 'line';
      readonly indent: number;
      /** Blank lines in front: one at most if there was one, always one, or none. */
      readonly blank: 'keep' | 'always' | 'never';
      /** Of something that could not be read: its indentation stays what it was. */
      readonly isBroken?: boolean;
      /** `}`: comments in front of it are indented like what it closes. */
      readonly isClose?: boolean;
    }
  /** As it was, inside of something that could not be read. */
  | { readonly kind: 'verbatim' };

/** The places of all tokens, by their index. */
export type Layout = {
  readonly places: readonly Place[];
  readonly spacing: Spacing;
  /** Indices of tokens that follow something that could not be read. */
  readonly afterBroken: ReadonlySet<number>;
};

type Plan = {
  readonly source: Source;
  readonly tokens: readonly IToken[];
  readonly indexAt: ReadonlyMap<number, number>;
  readonly spacing: Spacing;
  /** Offsets of faults, ascending. */
  readonly faults: readonly number[];
  readonly places: Place[];
  readonly afterBroken: Set<number>;
};

/** Token indices, both included. */
type Range = { readonly first: number; readonly last: number };

const VERBATIM: Place = { kind: 'verbatim' };

/** Lays out a file. `faults` are the offsets of everything that is wrong with its form. */
export function layOut(
  tree: CstNode,
  {
    source,
    tokens,
    faults,
  }: {
    readonly source: Source;
    readonly tokens: readonly IToken[];
    readonly faults: readonly number[];
  },
): Layout {
  const seen = { glued: new Set<number>(), apart: new Set<number>(), faults: [...faults] };
  survey(tree, seen);
  const plan: Plan = {
    source,
    tokens,
    indexAt: new Map(tokens.map((token, at) => [token.startOffset, at])),
    spacing: seen,
    faults: seen.faults.sort((a, b) => a - b),
    // What no rule below speaks of is left alone.
    places: tokens.map(() => VERBATIM),
    afterBroken: new Set(),
  };
  layOutEntries(plan, allChildren(tree), 0);
  return plan;
}

function survey(
  node: CstNode,
  seen: {
    readonly glued: Set<number>;
    readonly apart: Set<number>;
    readonly faults: number[];
  },
): void {
  for (const offset of gluedIn(node)) seen.glued.add(offset);
  for (const offset of apartIn(node)) seen.apart.add(offset);
  const isSkipped = node.name === 'junk' || node.name === 'stray' || node.name === 'unknown';
  for (const label in node.children) {
    for (const child of childrenOf(node, label)) {
      if (!isToken(child)) survey(child, seen);
      else if (isSkipped) seen.faults.push(child.startOffset);
    }
  }
}

/** The entries of a body, or the declarations of a file: each begins a line. */
function layOutEntries(plan: Plan, entries: readonly Element[], depth: number): void {
  let before: Element | undefined;
  let wasBroken = false;
  for (const [at, entry] of entries.entries()) {
    const { first, last } = rangeOf(plan, entry);
    if (isToken(entry) && entry.image === ',') {
      plan.places[first] = { kind: 'flat', indent: depth };
      continue;
    }
    const isBroken = layOutEntry(plan, entry, depth);
    const what = isAllow(entry) ? (entries.slice(at).find((one) => !isAllow(one)) ?? entry) : entry;
    const isApart = isBroken || wasBroken ? undefined : needsBlank(before, what);
    const isMember = depth > 0 && before === undefined && isDeclaration(what);
    const blank = isApart === true || isMember ? 'always' : 'keep';
    const isAllowed = before !== undefined && isAllow(before);
    plan.places[first] = {
      kind: 'line',
      indent: depth,
      blank: isAllowed ? 'never' : blank,
      isBroken,
    };
    before = entry;
    wasBroken = isBroken || plan.afterBroken.has(last + 1);
  }
}

function isAllow(entry: Element): boolean {
  return !isToken(entry) && entry.name === 'allow';
}

/** True for declarations that are not lines of one group, such as imports. */
function needsBlank(before: Element | undefined, entry: Element): boolean {
  if (before === undefined || isToken(before) || isToken(entry)) return false;
  if (!isDeclaration(before) || !isDeclaration(entry)) return false;
  const isGroup = blockOf(before) === undefined && blockOf(entry) === undefined;
  return !isGroup || before.name !== entry.name;
}

const DECLARATIONS: readonly string[] = [
  'importDeclaration',
  'constDeclaration',
  'community',
  'struct',
  'enumeration',
  'codec',
  'request',
  'vector',
  'message',
  'reserved',
];

function isDeclaration(entry: Element): boolean {
  return !isToken(entry) && DECLARATIONS.includes(entry.name);
}

/** Lays out all of an entry but its first token. True when its beginning could not be read. */
function layOutEntry(plan: Plan, entry: Element, depth: number): boolean {
  const range = rangeOf(plan, entry);
  const isBroken = isToken(entry) || hasFault(plan, range);
  const block = isToken(entry) ? undefined : blockOf(entry);
  if (block === undefined) {
    const hasBrace = plan.tokens
      .slice(range.first, range.last + 1)
      .some((one) => one.image === '{');
    if (isBroken || hasBrace) return keep(plan, range);
    return join(plan, range, depth);
  }
  if (block.open.startLine === block.close.startLine) {
    if (isBroken) return keep(plan, range);
    if (fits(plan, range, depth)) return join(plan, range, depth);
  }
  return layOutBlock(plan, { range, block, depth });
}

function layOutBlock(
  plan: Plan,
  { range, block, depth }: { readonly range: Range; readonly block: Block; readonly depth: number },
): boolean {
  const open = rangeOf(plan, block.open).first;
  const close = rangeOf(plan, block.close).first;
  const head = { first: range.first, last: open };
  const isBroken = hasFault(plan, head) ? keep(plan, head) : join(plan, head, depth);
  layOutEntries(plan, block.entries, depth + 1);
  plan.places[close] = { kind: 'line', indent: depth, blank: 'keep', isClose: true };
  const tail = { first: close + 1, last: range.last };
  if (tail.first > tail.last) return isBroken;
  plan.places[tail.first] = { kind: 'flat', indent: depth };
  if (hasFault(plan, tail)) {
    plan.afterBroken.add(tail.first);
    keep(plan, tail);
  } else {
    join(plan, tail, depth);
  }
  return isBroken;
}

/** Leaves a range as it is. */
function keep(plan: Plan, { first, last }: Range): true {
  for (let at = first + 1; at <= last; at++) plan.places[at] = { kind: 'verbatim' };
  plan.afterBroken.add(last + 1);
  return true;
}

/** Puts a range on one line. What is too long for that keeps the author's line ends. */
function join(plan: Plan, range: Range, depth: number): false {
  const isLong = !fits(plan, range, depth);
  for (let at = range.first + 1; at <= range.last; at++) {
    const isBroken = isLong && plan.tokens[at - 1]?.endLine !== plan.tokens[at]?.startLine;
    plan.places[at] = isBroken
      ? { kind: 'line', indent: depth + CONTINUATION, blank: 'never' }
      : { kind: 'flat', indent: depth + CONTINUATION };
  }
  return false;
}

/** Whether a range has room on one line, with the comma that may follow it. */
function fits(plan: Plan, { first, last }: Range, depth: number): boolean {
  let length = depth * INDENT;
  for (let at = first; at <= last && length <= LINE_LENGTH_MAX; at++) {
    const [before, token] = [plan.tokens[at - 1], plan.tokens[at]];
    if (token === undefined) break;
    if (before !== undefined && at > first)
      length += spaceBetween(before, token, plan.spacing).length;
    length += token.image.length;
  }
  if (plan.tokens[last + 1]?.image === ',') length++;
  return length <= LINE_LENGTH_MAX;
}

/** True when something is wrong at or directly behind a token of the range. */
function hasFault(plan: Plan, { first, last }: Range): boolean {
  const [from, to] = [plan.tokens[first]?.startOffset ?? 0, plan.tokens[last]];
  let low = 0;
  let high = plan.faults.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((plan.faults[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const fault = plan.faults[low];
  return fault !== undefined && to !== undefined && fault <= endOf(to);
}

function rangeOf(plan: Plan, element: Element): Range {
  const first = plan.indexAt.get(startOf(element)) ?? 0;
  if (isToken(element)) return { first, last: first };
  let last = first;
  const end = endOf(element);
  while ((plan.tokens[last + 1]?.startOffset ?? Infinity) < end) last++;
  return { first, last };
}
