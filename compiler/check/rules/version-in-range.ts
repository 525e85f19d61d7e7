import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { communityVersion } from '../lower.ts';

/** A version fits one byte, and a community that shares an identity shares its version. */
export function versionInRange(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    const { version, identity, isAbstract, name } = community;
    const value = context.symbols.evaluate(version);
    if (version === undefined || value === undefined) continue;
    const at = version.span;
    if (value < 0n || value > 255n) {
      const notes = ['a version is 0 to 255'];
      context.report(diagnose('identity/version', { version: String(value) }, { at, notes }));
      continue;
    }
    const parent = context.symbols.parentOf(community);
    if (parent === undefined || parent.isAbstract || identity !== undefined || isAbstract) continue;
    if (communityVersion(context.symbols, parent) === Number(value)) continue;
    const parameters = { name: name.text, parent: parent.name.text };
    const help = ['leave the version out, or give the community an identity of its own'];
    context.report(diagnose('identity/version-of-parent', parameters, { at, help }));
  }
}
