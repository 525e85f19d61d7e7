import type { CommunityNode, MessageNode } from '../../ast/nodes.ts';
import { diagnose, replaceBy } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { lowestFreeId } from '../message-ids.ts';

/** No two messages of a community and its ancestors have one id. */
export function messageIdsUnique(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    const taken = new Map<number, MessageNode>();
    for (const { messages } of context.symbols.ancestorsOf(community)) {
      for (const message of messages) remember(context, taken, message);
    }
    for (const message of community.messages) {
      // What overrides a message has that one's id, whatever it says.
      if (message.overrides !== undefined) continue;
      const id = context.symbols.evaluateSize(message.id);
      const first = id === undefined ? undefined : taken.get(id);
      if (first === undefined) remember(context, taken, message);
      else reportTaken(context, { community, message, first });
    }
  }
}

function remember(
  context: CheckContext,
  taken: Map<number, MessageNode>,
  message: MessageNode,
): void {
  const id = context.symbols.evaluateSize(message.id);
  if (id !== undefined && !taken.has(id)) taken.set(id, message);
}

function reportTaken(
  context: CheckContext,
  fault: {
    readonly community: CommunityNode;
    readonly message: MessageNode;
    readonly first: MessageNode;
  },
): void {
  const { message, first } = fault;
  if (message.id === undefined || first.id === undefined) return;
  const free = lowestFreeId(context, fault.community);
  const id = String(context.symbols.evaluateSize(message.id) ?? '');
  context.report(
    diagnose(
      'id/taken',
      { id, other: first.name.text },
      {
        at: message.id.span,
        label: 'used again here',
        others: [{ span: first.id.span, text: `used by \`${first.name.text}\`` }],
        suggestions:
          free === undefined
            ? []
            : [replaceBy(message.id.span, String(free), `the lowest free id is ${free}`)],
      },
    ),
  );
}
