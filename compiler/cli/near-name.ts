import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant: at most a third of it differs. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const found = distance(name.toLowerCase(), candidate.toLowerCase());
    const isNear = found <= Math.max(1, Math.floor(candidate.length / 3));
    if (isNear && (best === undefined || found < best.distance)) {
      best = { name: candidate, distance: found };
    }
  }
  return best?.name;
}
