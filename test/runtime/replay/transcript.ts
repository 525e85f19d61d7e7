/** A recorded conversation, with one of our nodes in the place of each recorded one in turn. */
import { expect } from 'vitest';
import { fromHex } from '../../../runtime/base/bytes.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import {
  addressOf,
  type RecordedDatagram,
  type RecordedNode,
  type RecordedTranscript,
} from '../packet/vectors.ts';
import { type Difference, expectSame } from './compare.ts';
import { createRecordedRandom } from './recorded-random.ts';
import { createStandIn, type Sent, type StandIn, type StandInOverlay } from './stand-in.ts';

export type Play = {
  /** Made anew for each node: what it runs. */
  readonly overlays: (
    transcript: RecordedTranscript,
    node: RecordedNode,
  ) => readonly StandInOverlay[];
  /** Every message that may be sent. */
  readonly types: readonly MessageType<unknown>[];
  /** Those of them whose identifier the sender draws; the others repeat one. */
  readonly questions: readonly MessageType<unknown>[];
  /** Makes a node send what it sends next without being asked, as the recorded one was told to. */
  readonly begin: (node: StandIn, next: RecordedDatagram) => void;
  readonly differences?: readonly Difference[];
  /** The datagrams to look at; all unless given. */
  readonly isPlayed?: (datagram: RecordedDatagram) => boolean;
};

/** Expects of each node in turn that it sends what was recorded, when it was, and nothing else. */
export async function replayTranscript(transcript: RecordedTranscript, play: Play): Promise<void> {
  for (const node of transcript.nodes) await replayNode(node, transcript, play);
}

async function replayNode(
  recorded: RecordedNode,
  transcript: RecordedTranscript,
  play: Play,
): Promise<void> {
  const { types, questions, differences, begin, isPlayed = () => true } = play;
  const datagrams = transcript.datagrams.filter(isPlayed);
  const asked = datagrams.filter(({ from, decoded }) => {
    return from === recorded.name && questions.some(({ id }) => id === decoded.msg_id);
  });
  const random = createRecordedRandom(asked.map(identifierOf));
  const node = createStandIn(recorded, play.overlays(transcript, recorded), random);
  const sender = { private_bin: recorded.private_bin, types, ...(differences && { differences }) };
  const sent: Sent[] = [];
  for (const datagram of datagrams) {
    const { from, to, destination, hex } = datagram;
    if (from === recorded.name) {
      if (sent.length === 0) begin(node, datagram);
      sent.push(...(await node.take()));
      expectSame(sent.shift(), { to: destination, hex }, sender);
    } else if (to === recorded.name) {
      node.receive(fromHex(hex), placeOf(from, transcript));
      sent.push(...(await node.take()));
    }
  }
  expect(sent, `${recorded.name} sent more than was recorded`).toEqual([]);
  expect(random.left, `${recorded.name} drew too few identifiers`).toEqual([]);
}

function identifierOf({ decoded }: RecordedDatagram): number {
  return decoded.payloads.at(-1)?.fields['identifier'] as number;
}

/** Where others see the node. */
function placeOf(name: string, { nodes }: RecordedTranscript) {
  return addressOf(nodes.find((node) => node.name === name)?.wan);
}
