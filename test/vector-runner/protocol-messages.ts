/** All messages of a protocol: answers to requests are received too, though they have no handlers. */
import type { MessageType, Protocol } from '../../runtime/protocol/protocol.ts';

export function messagesOf({ messages, requests }: Protocol): readonly MessageType<unknown>[] {
  const answers = Object.values(requests ?? {}).map(({ answer }) => answer);
  return [...Object.values(messages), ...new Set(answers)];
}
