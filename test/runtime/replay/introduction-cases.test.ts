/**
 * Single recorded datagrams: those of introductions, and whatever an overlay got that only introduces.
 * Ours answers with the same bytes.
 */
import { expect, test } from 'vitest';
import { SimilarityRequest } from '../../../generated/discovery.ts';
import { ConnectionType, introductionProtocol } from '../../../generated/introduction.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { discoveryCommunity } from '../../../runtime/communities/discovery/discovery.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { isSendable } from '../../../runtime/address/sendable.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { TimedPair, vecProtocol } from '../../generated/vec.ts';
import { crypto, newKey } from '../community/bench.ts';
import { addressOf, type RecordedCase, type Scene, scenes } from '../packet/vectors.ts';
import { replayCase } from './case.ts';
import { mute, type StandIn } from './stand-in.ts';

const types = Object.values(introductionProtocol.messages);
const answers = [233, 245];
const punctureRequests = [232, 250];

/**
 * Has the node ask at the source with the number that the recorded response carries: what nobody
 * asked for is dropped here (`solicited-responses`).
 */
function ask(node: StandIn, { community, hex, source }: RecordedCase): void {
  const bytes = fromHex(hex);
  const keyLength = ((bytes[23] ?? 0) << 8) | (bytes[24] ?? 0);
  // Behind the key and the global time: the recorded time is the identifier, or the payload says.
  const identifier = identifierOf(bytes.subarray(25 + keyLength + 8), messageIdOf(bytes));
  // Discovery's answer to what sets the time here takes a number too.
  const before = (identifier + 65_536 - (community === 'vec' ? 1 : 2)) % 65_536;
  const globalTime = BigInt(before);
  const envelope = { prefix: bytes.subarray(0, 22), identity: newKey(), crypto, globalTime };
  const timed =
    community === 'vec'
      ? seal(TimedPair, new TimedPair({ a: 0, b: 0 }), envelope)
      : seal(SimilarityRequest, new SimilarityRequest(NOTHING_TO_SAY), envelope);
  node.receive(timed, addressOf(source));
  node.running[0]?.overlay.walkable.walkTo(addressOf(source));
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

const NOTHING_TO_SAY = {
  identifier: 0,
  lanAddress: NO_ADDRESS,
  wanAddress: NO_ADDRESS,
  flags: { connection: ConnectionType.unknown },
  preferenceList: [],
};

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
    ...(answers.includes(id) && { prepare: (node: StandIn) => ask(node, recorded) }),
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
