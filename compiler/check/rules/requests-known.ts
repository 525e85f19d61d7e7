import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { suggestName } from '../near-name.ts';
import { findMessage, messagesFor, type PlacedRequest, requestsOf } from '../requests.ts';

/** A request pairs messages of its community or of an ancestor. */
export function requestsKnown(context: CheckContext): void {
  for (const placed of requestsOf(context)) {
    const { request, response } = placed.request;
    for (const name of [request, response]) {
      if (name !== undefined) checkName(context, placed, name);
    }
  }
}

function checkName(context: CheckContext, { community }: PlacedRequest, name: Name): void {
  if (findMessage(context.symbols, community, name) !== undefined) return;
  const names = messagesFor(context.symbols, community).map((message) => message.name.text);
  const details = {
    at: name.span,
    label: `not a message of \`${community.name.text}\` or of a community that it extends`,
    suggestions: suggestName(name, names),
  };
  context.report(diagnose('name/unknown', { what: 'message', name: name.text }, details));
}
