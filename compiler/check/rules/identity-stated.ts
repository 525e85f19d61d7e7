import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';

const HELP = 'for example `= sha1("a text of your own")` or `= hex"…40 digits…"`';

/** A community has an identity of its own or its parent's; an abstract one has none. */
export function identityStated(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    const { name, identity, isAbstract } = community;
    if (isAbstract) {
      if (identity === undefined) continue;
      const notes = ['an abstract community cannot be joined, only extended'];
      const at = identity.span;
      context.report(diagnose('identity/abstract', { name: name.text }, { at, notes }));
      continue;
    }
    if (identity !== undefined) continue;
    const parent = context.symbols.parentOf(community);
    // A parent that is not known has been reported as that.
    if (parent === undefined && community.parent !== undefined) continue;
    if (parent?.isAbstract === false) continue;
    context.report(
      diagnose(
        'identity/missing',
        { name: name.text },
        {
          at: name.span,
          others:
            parent === undefined
              ? []
              : [{ span: parent.name.span, text: 'abstract: has no identity to share' }],
          help: [HELP],
        },
      ),
    );
  }
}
