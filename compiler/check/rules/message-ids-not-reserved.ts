import type { CommunityNode, MessageNode, ReservedNode } from '../../ast/nodes.ts';
import { diagnose, replaceBy, type Details } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { extendsIntroduction, INTRODUCTION_ID_MIN, lowestFreeId } from '../message-ids.ts';

/**
 * No message uses an id of the introduction protocol or one that its community or an ancestor
 * reserves. A range reserved `for` a community is free to that one.
 */
export function messageIdsNotReserved(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    const family = [community, ...context.symbols.ancestorsOf(community)];
    const reserved = family
      .flatMap((member) => member.reserved)
      .filter(({ owner }) => owner?.text !== community.name.text);
    checkRanges(context, community.reserved);
    for (const message of community.messages) {
      if (message.overrides !== undefined) continue;
      checkMessage(context, { community, message, reserved });
    }
  }
}

function checkRanges(context: CheckContext, ranges: readonly ReservedNode[]): void {
  for (const { from, to, span } of ranges) {
    const first = context.symbols.evaluate(from);
    const last = context.symbols.evaluate(to);
    if (first === undefined || last === undefined) continue;
    if (first >= 0n && first <= last && last <= 255n) continue;
    const parameters = { from: String(first), to: String(last) };
    const notes = ['a range goes up, within 0..255'];
    context.report(diagnose('id/empty-reservation', parameters, { at: span, notes }));
  }
}

function checkMessage(
  context: CheckContext,
  place: {
    readonly community: CommunityNode;
    readonly message: MessageNode;
    readonly reserved: readonly ReservedNode[];
  },
): void {
  const { community, message } = place;
  const id = context.symbols.evaluateSize(message.id);
  if (id === undefined || message.id === undefined || id > 255) return;
  const { span } = message.id;
  // Only for a fault: it goes through all messages of the community.
  const details = (): Details => {
    const free = lowestFreeId(context, community);
    const text = `the lowest free id is ${free}`;
    return {
      at: span,
      suggestions: free === undefined ? [] : [replaceBy(span, String(free), text)],
    };
  };
  if (id >= INTRODUCTION_ID_MIN && extendsIntroduction(context, community)) {
    const notes = ['ids 231 to 255 belong to the introduction protocol of every community'];
    context.report(diagnose('id/introduction', { id: String(id) }, { ...details(), notes }));
    return;
  }
  const range = place.reserved.find(({ from, to }) => {
    const first = context.symbols.evaluateSize(from) ?? Infinity;
    return id >= first && id <= (context.symbols.evaluateSize(to) ?? -1);
  });
  if (range === undefined) return;
  const owner = range.owner === undefined ? '' : ` for \`${range.owner.text}\``;
  const others = [{ span: range.span, text: `reserved${owner} here` }];
  context.report(diagnose('id/reserved', { id: String(id) }, { ...details(), others }));
}
