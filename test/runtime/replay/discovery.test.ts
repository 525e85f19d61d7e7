/** Recorded conversations and datagrams of the discovery overlay: ours sends the same. */
import { expect, test } from 'vitest';
import { Ping, Pong, SimilarityRequest, SimilarityResponse } from '../../../generated/discovery.ts';
import { IntroductionRequest, introductionProtocol } from '../../../generated/introduction.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { discoveryCommunity } from '../../../runtime/communities/discovery/discovery.ts';
import type { Sibling } from '../../../runtime/community/join-parts.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { crypto } from '../community/bench.ts';
import {
  addressOf,
  type RecordedCase,
  type RecordedNode,
  type RecordedValid,
  scenes,
} from '../packet/vectors.ts';
import { replayCase } from './case.ts';
import type { Difference } from './compare.ts';
import { createStandIn, type StandIn } from './stand-in.ts';
import { type Play, replayTranscript } from './transcript.ts';

const types = [
  ...Object.values(introductionProtocol.messages),
  SimilarityRequest,
  SimilarityResponse,
  Ping,
  Pong,
];

/** The recorded nodes ran these overlays with one key. */
function siblings(
  { private_bin }: RecordedNode,
  communityIds: readonly string[],
): readonly Sibling[] {
  const key = crypto.privateKey(fromHex(private_bin));
  if (!key.ok) throw new Error(key.error.message);
  const identity = key.value;
  const myPeer = createPeer(identity.publicKey);
  return communityIds.map((communityId) => ({ communityId, myPeer, identity }));
}

/** Answers are timed after what they answer: here hearing a time moves ours on. */
const globalTime: Difference = {
  row: 'global-time',
  adapt: (message) => message,
  globalTime: (recorded, type) =>
    type === SimilarityResponse || type === Pong ? recorded + 1n : recorded,
};

function ping({ running: [one] }: StandIn): void {
  if (one !== undefined) discoveryCommunity.strategies?.['RandomChurn']?.(one.overlay, {}).step();
}

const play: Play = {
  overlays: ({ datagrams }, node) => {
    const said = datagrams.find(({ from, decoded }) => from === node.name && decoded.msg_id <= 2);
    const list = said?.decoded.payloads[0]?.fields['preference_list'] as { hex: string }[];
    const ids = list.map(({ hex }) => hex);
    return [{ community: discoveryCommunity, siblings: () => siblings(node, ids) }];
  },
  types,
  questions: [IntroductionRequest, SimilarityRequest, Ping],
  begin(node, { destination, decoded }) {
    if (decoded.msg_id === IntroductionRequest.id) {
      node.running[0]?.overlay.walkable.walkTo(addressOf(destination));
    } else {
      ping(node);
    }
  },
  differences: [globalTime],
};

test.each(
  scenes
    .flatMap(({ transcripts }) => transcripts)
    .filter(({ name }) => name.startsWith('discovery: '))
    .map((transcript) => [transcript.id, transcript.name, transcript] as const),
)('%s: %s', async (_id, _name, transcript) => {
  await replayTranscript(transcript, play);
});

/** What ours makes of those that it does not answer with the recorded bytes. */
const otherwise: Readonly<Record<string, { readonly row: string; readonly outcome: string }>> = {
  'similarity request with a partial community id': { row: 'stated-bounds', outcome: 'decode' },
  'introduction request with 21 extra bytes: MISREAD as a DiscoveryIntroductionRequest (wrong identifier in reply)':
    { row: 'dispersy-tag', outcome: 'handled' },
  'Dispersy-style introduction request with another tag char: accepted too': {
    row: 'dispersy-tag',
    outcome: 'handled',
  },
};

/** Ours is moved on by the time that it hears in a signed message, unless that is too far. */
function heard(recorded: RecordedCase & Partial<RecordedValid>): Difference {
  const time = BigInt(recorded.decoded?.global_time ?? 0);
  const answerTime = recorded.signed === true && time <= 2n ** 32n ? time + 1n : 1n;
  return { row: 'global-time', adapt: (message) => message, globalTime: answerTime };
}

test.each(
  scenes.flatMap((scene) =>
    [...scene.valid.filter(({ msg_id }) => msg_id <= 4), ...scene.hostile]
      .filter(({ community }) => community === 'discovery')
      .map((one) => [one.id, one.name, one, scene] as const),
  ),
)('%s: %s', async (_id, _name, recorded, { receiver, prefixes }) => {
  const ids = [prefixes['discovery']?.slice(4) ?? ''];
  const overlays = [{ community: discoveryCommunity, siblings: () => siblings(receiver, ids) }];
  const other = otherwise[recorded.name];
  if (other === undefined) {
    await replayCase(recorded, receiver, { overlays, types, differences: [heard(recorded)] });
    return;
  }
  const node = createStandIn(receiver, overlays);
  node.receive(fromHex(recorded.hex), addressOf(recorded.source));
  expect(node.running[0]?.counters).toMatchObject({ [other.outcome]: 1 });
});

test('every message of the overlay is among the recorded ones', () => {
  const ids = scenes.flatMap(({ valid }) =>
    valid.filter(({ community }) => community === 'discovery').map(({ msg_id }) => msg_id),
  );
  const all = [1, 2, 3, 4, 231, 232, 233, 234, 245, 246, 249, 250];
  expect([...new Set(ids)].toSorted((one, other) => one - other)).toEqual(all);
});
