/** One recorded datagram, given to one of our nodes that was just made. */
import { expect } from 'vitest';
import { fromHex } from '../../../runtime/base/bytes.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { addressOf, type RecordedCase, type RecordedNode } from '../packet/vectors.ts';
import { type Difference, expectSame } from './compare.ts';
import { createRecordedRandom } from './recorded-random.ts';
import { createStandIn, type StandIn, type StandInOverlay } from './stand-in.ts';

export type CasePlay = {
  readonly overlays: readonly StandInOverlay[];
  /** Every message that may be sent. */
  readonly types: readonly MessageType<unknown>[];
  /** Brings the node to where the datagram means something to it. What it sends is not looked at. */
  readonly prepare?: (node: StandIn) => void;
  /** What the node draws for what it asks; it asks nothing unless given. */
  readonly identifiers?: readonly number[];
  readonly differences?: readonly Difference[];
};

/** Expects the recorded answers in their order, and no others. Gives the node for more questions. */
export async function replayCase(
  test: RecordedCase,
  receiver: RecordedNode,
  { overlays, types, prepare, identifiers = [], differences }: CasePlay,
): Promise<StandIn> {
  const random = createRecordedRandom(identifiers);
  const node = createStandIn(receiver, overlays, random);
  prepare?.(node);
  await node.take();
  node.receive(fromHex(test.hex), addressOf(test.source));
  const sent = await node.take();
  const recorded = test.outcome.sent ?? [];
  const sender = { private_bin: receiver.private_bin, types, ...(differences && { differences }) };
  for (const [at, one] of recorded.entries()) expectSame(sent[at], one, sender);
  expect(sent.length, `${test.id}: datagrams sent`).toBe(recorded.length);
  expect(random.left, `${test.id}: identifiers not drawn`).toEqual([]);
  return node;
}
