/** Recorded introductions between py-ipv8 nodes: ours in their place send the same. */
import { expect, test } from 'vitest';
import {
  IntroductionRequest,
  IntroductionResponse,
  introductionProtocol,
} from '../../../generated/introduction.ts';
import { addressOf, type RecordedTranscript, scenes } from '../packet/vectors.ts';
import { vecProtocol } from '../../generated/vec.ts';
import type { Difference } from './compare.ts';
import { mute } from './stand-in.ts';
import { type Play, replayTranscript } from './transcript.ts';

const types = Object.values(introductionProtocol.messages);

const oldStyleOnly: Difference = {
  row: 'old-style-only',
  adapt(message) {
    if (!(message instanceof IntroductionResponse)) return message;
    const flags = { ...message.flags, supportsNewStyle: false };
    return new IntroductionResponse({ ...message, flags });
  },
};

/** Walks are all that these nodes begin. */
const walking: Play = {
  overlays: ({ datagrams }: RecordedTranscript) => [
    { community: mute(vecProtocol), communityId: datagrams[0]?.hex.slice(4, 44) },
  ],
  types,
  begin(node, { destination, decoded }) {
    expect(decoded.msg_id).toBe(IntroductionRequest.id);
    node.running[0]?.walkable.walkTo(addressOf(destination));
  },
  differences: [oldStyleOnly],
};

const all = scenes.flatMap(({ transcripts }) => transcripts);

test.each(
  all
    .filter(({ name }) => name.startsWith('introduction, old style'))
    .map((transcript) => [transcript.id, transcript.name, transcript] as const),
)('%s: %s', async (_id, _name, transcript) => {
  await replayTranscript(transcript, walking);
});
