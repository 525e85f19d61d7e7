import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { suggestName } from '../near-name.ts';

/**
 * The owner of a reserved range is not misspelt (warning). One that is like no community may be
 * declared in a schema that is not read here.
 */
export function reservedOwnersKnown(context: CheckContext): void {
  const names = communitiesOf(context).map(({ name }) => name.text);
  const known = new Set(names);
  for (const { name, reserved } of communitiesOf(context)) {
    const others = names.filter((one) => one !== name.text);
    const seen = new Set<string>();
    for (const { owner } of reserved) {
      // A line of several ranges names its owner once.
      if (owner === undefined || known.has(owner.text) || seen.has(owner.text)) continue;
      seen.add(owner.text);
      const suggestions = suggestName(owner, others);
      if (suggestions.length === 0) continue;
      const details = { at: owner.span, label: 'not declared', suggestions };
      context.report(diagnose('id/unknown-owner', { name: owner.text }, details));
    }
  }
}
