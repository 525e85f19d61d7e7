/** Which classes are communities. */
import type { ClassInfo } from '../names/scope.ts';
import type { Evaluate } from '../values/evaluate.ts';
import { nameOf, type Value } from '../values/value.ts';

/** py-ipv8's classes that a community extends (community.py, lazy_community.py, overlay.py). */
const LIBRARY: ReadonlySet<string> = new Set(['Community', 'EZPackOverlay', 'Overlay']);

const LIBRARY_FILES = /(?:^|\/)(?:lazy_community|overlay)$/;

/** True of a class that joins an overlay, and of what such classes share. */
export function isCommunity(info: ClassInfo, evaluate: Evaluate): boolean {
  if (isBelowCommunity(info)) return false;
  return evaluate
    .lineage(info)
    .flatMap((one) => evaluate.bases(one))
    .some((base) => isLibraryCommunity(base) || isUnknownCommunity(base));
}

/** What py-ipv8's own Community extends, where its files are among those that are read. */
function isBelowCommunity({ definition, outer }: ClassInfo): boolean {
  const { name } = definition.name;
  return name !== 'Community' && LIBRARY.has(name) && LIBRARY_FILES.test(outer.module().path);
}

function isLibraryCommunity(base: Value): boolean {
  return LIBRARY.has(nameOf(base));
}

/** A community of a file that is not there. */
export function isUnknownCommunity(base: Value): boolean {
  const name = nameOf(base);
  return base.kind === 'library' && !LIBRARY.has(name) && /(?:Community|Overlay)$/.test(name);
}
