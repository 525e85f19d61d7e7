/**
 * Single recorded datagrams: those of introductions, and whatever an overlay got that only introduces.
 * Ours answers with the same bytes.
 */
import { expect, test } from 'vitest';
import { introductionProtocol } from '../../../generated/introduction.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { discoveryCommunity } from '../../../runtime/communities/discovery/discovery.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { isSendable } from '../../../runtime/address/sendable.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { vecProtocol } from '../../generated/vec.ts';
import { addressOf, type RecordedCase, type Scene, scenes } from '../packet/vectors.ts';
import { replayCase } from './case.ts';
import { mute, type StandIn } from './stand-in.ts';

const types = Object.values(introductionProtocol.messages);
const answers = [233, 245];
const punctureRequests = [232, 250];

/** The number that a recorded response carries. */
function answeredBy({ hex }: RecordedCase): number {
  const bytes = fromHex(hex);
  const keyLength = ((bytes[23] ?? 0) << 8) | (bytes[24] ?? 0);
  // Behind the key and the global time.
  return identifierOf(bytes.subarray(25 + keyLength + 8), messageIdOf(bytes));
}

function identifierOf(fields: Uint8Array, messageId: number | undefined): number {
  // Five IPv4 addresses and a byte of flags stand before it in the old style.
  let at = 31;
  if (messageId === 233) {
    at = 0;
    for (let count = 0; count < 5; count++) at += fields[at] === 1 ? 7 : 19;
  }
  return ((fields[at] ?? 0) << 8) | (fields[at + 1] ?? 0);
}

/** The discovery overlay but for what it asks those who answer: discovery.test.ts looks at that. */
const introducing: AnyCommunity = {
  ...discoveryCommunity,
  create: (overlay, settings) => ({
    handlers: discoveryCommunity.create(overlay, settings).handlers,
  }),
};

async function replay(recorded: RecordedCase, { prefixes, receiver }: Scene): Promise<StandIn> {
  const id = messageIdOf(fromHex(recorded.hex)) ?? -1;
  const overlay = {
    community: recorded.community === 'vec' ? mute(vecProtocol) : introducing,
    communityId: prefixes[recorded.community]?.slice(4),
  };
  // Strangers have nothing opened here, nor has anybody at what is no single host
  // (`puncture-limits`).
  const trackerAddresses = () =>
    punctureRequests.includes(id) ? [addressOf(recorded.source)] : [];
  const sent = (recorded.outcome.sent ?? []).filter(({ hex, to }) => {
    return isSendable(addressOf(to)) && types.some((type) => type.id === messageIdOf(fromHex(hex)));
  });
  const outcome = { ...recorded.outcome, sent };
  return replayCase({ ...recorded, outcome }, receiver, {
    overlays: [{ ...overlay, trackerAddresses }],
    types,
    // What nobody asked for is dropped here (`solicited-responses`).
    ...(answers.includes(id) && {
      identifiers: [answeredBy(recorded)],
      prepare: ({ running }: StandIn) => {
        running[0]?.overlay.walkable.walkTo(addressOf(recorded.source));
      },
    }),
  });
}

const valid = scenes.flatMap((scene) =>
  scene.valid
    .filter(({ community, msg_id }) => ['vec', 'discovery'].includes(community) && msg_id > 230)
    .map((one) => [one.id, one.name, one, scene] as const),
);

test('every message of introductions is among the recorded ones', () => {
  const ids = new Set(valid.map(([, , { msg_id }]) => msg_id));
  expect([...ids].toSorted()).toEqual([231, 232, 233, 234, 245, 246, 249, 250]);
});

test.each(valid)('%s: %s', async (_id, _name, recorded, scene) => {
  const node = await replay(recorded, scene);
  const counters = node.running[0]?.counters;
  const isPuncture = [231, 249].includes(recorded.msg_id);
  const isRefused = (recorded.outcome.sent ?? []).some(({ to }) => !isSendable(addressOf(to)));
  // A puncture that no answer of ours announced is dropped unread (`solicited-punctures`).
  const outcome = isPuncture ? 'unsolicited' : isRefused ? 'bad-address' : 'handled';
  expect(counters?.[outcome]).toBeGreaterThan(0);
  if ([233, 234, 245, 246].includes(recorded.msg_id)) {
    const service = recorded.hex.slice(4, 44);
    expect(node.network.peers(service).length).toBeGreaterThan(0);
  }
});

test.each(
  scenes.flatMap((scene) =>
    scene.hostile
      .filter(({ community }) => community === 'vec')
      .map((one) => [one.id, one.name, one, scene] as const),
  ),
)('%s: %s', async (_id, _name, recorded, scene) => {
  await replay(recorded, scene);
});
