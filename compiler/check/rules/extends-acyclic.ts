import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { ANCESTORS_MAX } from '../symbols.ts';

/** No community extends itself, and chains are short. */
export function extendsAcyclic(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    if (community.parent === undefined) continue;
    const ancestors = context.symbols.ancestorsOf(community);
    const last = ancestors.at(-1) ?? community;
    const isCircle = context.symbols.parentOf(last) === community;
    if (!isCircle && ancestors.length < ANCESTORS_MAX) continue;
    context.report(
      diagnose(
        'identity/extends-cycle',
        { name: community.name.text },
        {
          at: community.parent.span,
          others: ancestors
            .slice(0, 3)
            .flatMap(({ parent }) =>
              parent === undefined ? [] : [{ span: parent.span, text: 'goes on here' }],
            ),
          notes: isCircle ? [] : [`at most ${ANCESTORS_MAX} communities extend each other`],
        },
      ),
    );
  }
}
