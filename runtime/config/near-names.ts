/** Suggestions for names nobody knows. */
import { distance } from 'fastest-levenshtein';

/**
 * The known name most likely meant, or undefined. Underscores and capitals do not count, so
 * `on_start` is `onStart`.
 */
export function nearName(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const away = distance(wanted, plain(candidate));
    if (away < (best?.distance ?? Infinity)) best = { name: candidate, distance: away };
  }
  if (best === undefined) return undefined;
  // A third of the letters: more is another word.
  const letters = Math.max(wanted.length, best.name.length);
  return best.distance <= Math.max(1, Math.floor(letters / 3)) ? best.name : undefined;
}

/** A sentence for a name that is none of the known ones. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearName(name, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const list = known.length === 0 ? 'there are none' : known.join(', ');
  return `there is no ${what} "${name}".${hint} Known: ${list}.`;
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase().slice(0, 64);
}
