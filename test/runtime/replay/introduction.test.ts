/** Recorded introductions between py-ipv8 nodes: ours in their place send the same. */
import { expect, test } from 'vitest';
import {
  IntroductionRequest,
  introductionProtocol,
  NewIntroductionRequest,
} from '../../../generated/introduction.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { vecProtocol } from '../../generated/vec.ts';
import { newKey } from '../community/bench.ts';
import { addressOf, type RecordedTranscript, scenes } from '../packet/vectors.ts';
import { mute } from './stand-in.ts';
import { type Play, replayTranscript } from './transcript.ts';

const somebody = createPeer(newKey().publicKey);

/** Walks are all that these nodes begin. */
const walking: Play = {
  overlays: ({ datagrams }: RecordedTranscript) => [
    { community: mute(vecProtocol), communityId: communityOf(datagrams) },
  ],
  types: Object.values(introductionProtocol.messages),
  questions: [IntroductionRequest, NewIntroductionRequest],
  begin({ network, running }, { destination, decoded, hex }) {
    expect([IntroductionRequest.id, NewIntroductionRequest.id]).toContain(decoded.msg_id);
    const address = addressOf(destination);
    // The recorded nodes were told to begin in the new style; ours need to have heard of it.
    const isNewStyle = decoded.msg_id === NewIntroductionRequest.id;
    network.discoverAddress(address, somebody, communityOf([{ hex }]), isNewStyle);
    running[0]?.overlay.walkable.walkTo(address);
  },
};

function communityOf([first]: readonly { readonly hex: string }[]): string {
  return first?.hex.slice(4, 44) ?? '';
}

test.each(
  scenes
    .flatMap(({ transcripts }) => transcripts)
    .filter(({ name }) => name.startsWith('introduction, '))
    .map((transcript) => [transcript.id, transcript.name, transcript] as const),
)('%s: %s', async (_id, _name, transcript) => {
  await replayTranscript(transcript, walking);
});

const INTRODUCTIONS = [245, 246, 249, 250];

test.each(
  scenes
    .flatMap(({ transcripts }) => transcripts)
    .filter(({ name }) => /^(discovery|DHT): introduction/.test(name))
    .map((transcript) => [transcript.id, transcript.name, transcript] as const),
)('the introductions of %s: %s', async (_id, _name, transcript) => {
  // Global times are those of all messages together, so the others may not be left out before them.
  const first = transcript.datagrams.findIndex(({ decoded }) => {
    return !INTRODUCTIONS.includes(decoded.msg_id);
  });
  const datagrams = transcript.datagrams.slice(0, first);
  expect(datagrams.length).toBeGreaterThan(1);
  await replayTranscript({ ...transcript, datagrams }, walking);
});
