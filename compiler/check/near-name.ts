import { distance } from 'fastest-levenshtein';
import { replaceBy, type Suggestion } from '../diagnostics/diagnostic.ts';
import type { Name } from '../ast/nodes.ts';

/** Longer names are not compared: the comparison takes time in the square of their length. */
const NAME_LENGTH_MAX = 64;

/**
 * With more names than this none is suggested, so that a large broken schema is checked in time.
 */
const CANDIDATES_MAX = 2_000;

/** The candidate that is most like the text; undefined when none is like it. */
export function nearestName(text: string, candidates: readonly string[]): string | undefined {
  if (text.length > NAME_LENGTH_MAX || candidates.length > CANDIDATES_MAX) return undefined;
  let nearest: string | undefined;
  let best = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= best) continue;
    const far = distance(text.toLowerCase(), candidate.toLowerCase());
    if (far < best) [nearest, best] = [candidate, far];
  }
  return nearest;
}

/** The change to the nearest candidate; none when nothing is near. */
export function suggestName(name: Name, candidates: readonly string[]): readonly Suggestion[] {
  const near = nearestName(name.text, candidates);
  if (near === undefined) return [];
  return [replaceBy(name.span, near, `a similar name exists: \`${near}\``)];
}
