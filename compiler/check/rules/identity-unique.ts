import type { CommunityNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { communityIdOf } from '../identity.ts';
import { communityVersion } from '../lower.ts';

/** Two communities have one identity and version only when one extends the other. */
export function identityUnique(context: CheckContext): void {
  const seen = new Map<string, CommunityNode>();
  for (const community of communitiesOf(context)) {
    const { identity } = community;
    if (identity === undefined || community.isAbstract) continue;
    if (identity.kind === 'dynamic' || identity.kind === 'broken') continue;
    const id = communityIdOf(identity);
    if (id === undefined) continue;
    const key = `${id} ${communityVersion(context.symbols, community)}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, community);
      continue;
    }
    const isRelated =
      context.symbols.ancestorsOf(community).includes(first) ||
      context.symbols.ancestorsOf(first).includes(community);
    if (isRelated) continue;
    context.report(
      diagnose(
        'identity/duplicate',
        { name: community.name.text, other: first.name.text },
        {
          at: identity.span,
          others: [{ span: first.identity?.span ?? first.name.span, text: 'the same bytes' }],
          help: ['let one extend the other, or give one another identity or version'],
        },
      ),
    );
  }
}
