import { diagnose } from '../../diagnostics/diagnostic.ts';
import { AMPLIFICATION_MAX, amplificationOf } from '../../ir/amplification.ts';
import type { Message } from '../../ir/model.ts';
import type { CheckContext } from '../context.ts';
import { findMessage, requestsOf } from '../requests.ts';

/** The largest response to a request is at most three times the smallest request. */
export function requestsNotAmplified(context: CheckContext): void {
  const placed = requestsOf(context);
  if (placed.length === 0) return;
  const messages = messagesByPlace(context);
  for (const { community, request: node } of placed) {
    const find = (name: typeof node.request): Message | undefined => {
      const found = findMessage(context.symbols, community, name);
      return found && messages.get(keyOf(found.name.span.source.path, found.name.text));
    };
    const [request, response] = [find(node.request), find(node.response)];
    if (request === undefined || response === undefined) continue;
    const found = amplificationOf(request, response, context.packetSizes());
    if (found === undefined || found.factor <= AMPLIFICATION_MAX) continue;
    const sizes =
      `\`${request.name}\` is ${found.request} bytes at least, ` +
      `\`${response.name}\` up to ${found.response}`;
    context.report(
      diagnose(
        'size/amplification',
        { name: node.name.text, factor: found.factor.toFixed(1) },
        {
          at: node.name.span,
          notes: [sizes, 'a signature does not prove a source address'],
          help: ['bound the response, or ask for more bytes'],
        },
      ),
    );
  }
}

/** Messages are unique in their schema. */
function messagesByPlace(context: CheckContext): ReadonlyMap<string, Message> {
  const messages = new Map<string, Message>();
  for (const { declarations, path } of context.model().modules) {
    for (const one of declarations) {
      if (one.kind !== 'community') continue;
      for (const message of one.messages) messages.set(keyOf(path, message.name), message);
    }
  }
  return messages;
}

function keyOf(path: string, name: string): string {
  return `${path}:${name}`;
}
