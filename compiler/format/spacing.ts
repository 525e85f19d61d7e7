/** What stands between two tokens of one line. */
import type { CstNode, IToken } from '../syntax/tree.ts';
import { allChildren, childrenOf, endOf, isToken, startOf, type Element } from './concrete.ts';

const TIGHT_BEFORE: readonly string[] = [
  'Comma',
  'Colon',
  'LAngle',
  'RAngle',
  'LSquare',
  'RSquare',
  'LParen',
  'RParen',
];
const TIGHT_AFTER: readonly string[] = ['LAngle', 'LSquare', 'LParen'];

/** Offsets of tokens whose place does not follow from their kind: see `gluedIn` and `apartIn`. */
export type Spacing = { readonly glued: ReadonlySet<number>; readonly apart: ReadonlySet<number> };

/** The space between two tokens of one line. */
export function spaceBetween(before: IToken, after: IToken, { apart, glued }: Spacing): string {
  if (glued.has(after.startOffset)) return '';
  if (TIGHT_AFTER.includes(before.tokenType.name)) return '';
  if (apart.has(after.startOffset)) return ' ';
  if (TIGHT_BEFORE.includes(after.tokenType.name)) return '';
  return before.image === '{' && after.image === '}' ? '' : ' ';
}

/**
 * Offsets of the tokens of this node, its children's not counted, that touch the token before them
 * for no reason that their kind shows: the parts of a range, the text of `hex"…"`, a unit.
 */
export function gluedIn(node: CstNode): readonly number[] {
  switch (node.name) {
    case 'bound':
      return gluedInBound(node);
    case 'reservedRange':
      return present(allChildren(node)).slice(1).map(startOf);
    case 'requestClause':
      // `2s`; the word behind `by` stands apart.
      return 'Integer' in node.children ? childrenOf(node, 'word').map(startOf) : [];
    case 'identity':
    case 'value':
      return present(allChildren(node)).slice(1).map(startOf);
    default:
      return [];
  }
}

/** Offsets of brackets that begin a list, and so touch only a bracket before them. */
export function apartIn(node: CstNode): readonly number[] {
  return node.name === 'list' ? childrenOf(node, 'LSquare').map(startOf) : [];
}

/** `2..8 send ..7`: the space stands in front of what may be left out. */
function gluedInBound(node: CstNode): readonly number[] {
  const [first] = childrenOf(node, 'DotDot');
  const [min] = present(childrenOf(node, 'min'));
  const ends = present([...childrenOf(node, 'max'), ...childrenOf(node, 'send')]);
  const glued = ends.map(startOf);
  if (first !== undefined && min !== undefined) glued.push(startOf(first));
  return glued;
}

function present(elements: readonly Element[]): readonly Element[] {
  return elements.filter((one) => isToken(one) || endOf(one) > startOf(one));
}
