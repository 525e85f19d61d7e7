import type { CommunityNode, MessageNode, Name, RequestNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { findMessage } from '../requests.ts';

/** What the requests of one community and its ancestors have taken. */
type Taken = {
  readonly names: Map<string, Name>;
  readonly asks: Map<MessageNode, Name>;
  readonly answers: Map<MessageNode, Name>;
};

/**
 * A message asks in one request only, and does not answer in another: an answer settles a promise
 * and has no handler, a question has one. Requests have one name each.
 */
export function requestsApart(context: CheckContext): void {
  for (const community of communitiesOf(context)) {
    const taken: Taken = { names: new Map(), asks: new Map(), answers: new Map() };
    const before = context.symbols.ancestorsOf(community).toReversed();
    // What ancestors have among themselves is reported there.
    for (const one of before)
      for (const node of one.requests) take(context, taken, { community: one, node });
    for (const node of community.requests) {
      checkRequest(context, taken, { community, node });
      take(context, taken, { community, node });
    }
  }
}

type Place = { readonly community: CommunityNode; readonly node: RequestNode };

function take(context: CheckContext, taken: Taken, { community, node }: Place): void {
  const asking = findMessage(context.symbols, community, node.request);
  const answering = findMessage(context.symbols, community, node.response);
  if (!taken.names.has(node.name.text)) taken.names.set(node.name.text, node.name);
  if (asking !== undefined && node.request !== undefined && !taken.asks.has(asking)) {
    taken.asks.set(asking, node.request);
  }
  if (answering !== undefined && node.response !== undefined && !taken.answers.has(answering)) {
    taken.answers.set(answering, node.response);
  }
}

function checkRequest(context: CheckContext, taken: Taken, { community, node }: Place): void {
  const { name, request, response } = node;
  const namesake = taken.names.get(name.text);
  if (namesake !== undefined) {
    const others = [{ span: namesake.span, text: 'first declared here' }];
    const parameters = { name: name.text, owner: community.name.text };
    context.report(diagnose('name/duplicate-member', parameters, { at: name.span, others }));
  }
  const asking = findMessage(context.symbols, community, request);
  const answering = findMessage(context.symbols, community, response);
  if (asking !== undefined && asking === answering && response !== undefined) {
    const help = ['declare a message for the answer'];
    const details = { at: response.span, help };
    context.report(diagnose('request/same-message', { name: response.text }, details));
    return;
  }
  if (asking !== undefined && request !== undefined) {
    reportTaken(context, request, taken.asks.get(asking));
    reportBoth(context, request, taken.answers.get(asking));
  }
  if (answering !== undefined && response !== undefined) {
    reportBoth(context, response, taken.asks.get(answering));
  }
}

function reportTaken(context: CheckContext, name: Name, first: Name | undefined): void {
  if (first === undefined) return;
  const others = [{ span: first.span, text: 'asks here already' }];
  const help = ['one question has one kind of answer: declare a message for the other'];
  const details = { at: name.span, others, help };
  context.report(diagnose('request/repeated-message', { name: name.text }, details));
}

function reportBoth(context: CheckContext, name: Name, first: Name | undefined): void {
  if (first === undefined) return;
  const others = [{ span: first.span, text: 'the other request' }];
  const notes = ['an answer settles the promise of who asked and has no handler'];
  const details = { at: name.span, others, notes };
  context.report(diagnose('request/answer-asks', { name: name.text }, details));
}
