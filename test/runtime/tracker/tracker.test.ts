import { expect, test } from 'vitest';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import { printMetrics } from '../../../runtime/node/print-metrics.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import {
  REPLY_BYTES_PER_BYTE_MAX,
  STARTED_BYTES_PER_TARGET_MAX,
} from '../../../runtime/endpoint/limits.ts';
import {
  CHURN_INTERVAL_MS,
  COMMUNITIES_MAX,
  PEERS_PER_COMMUNITY_MAX,
  PING_TIMEOUT_MS,
  PINGS_PER_ROUND_MAX,
  PINGS_PER_SECOND_MAX,
  PINGS_RESERVED,
} from '../../../runtime/tracker/limits.ts';
import {
  IntroductionRequest,
  IntroductionResponse,
  PunctureRequest,
} from '../../../generated/introduction.ts';
import { hollowCrypto } from '../community/bench.ts';
import {
  answer,
  communityId,
  createTrackerBench,
  introducedIn,
  numberedKey,
  request,
  type Sent,
} from './harness.ts';

const { id: REQUEST } = IntroductionRequest;
const { id: RESPONSE } = IntroductionResponse;
const { id: PUNCTURE_REQUEST } = PunctureRequest;

function ofKind(sent: readonly Sent[], id: number): readonly Sent[] {
  return sent.filter(({ bytes }) => bytes[22] === id);
}

/** Lets promises settle: a task that repeats is due again only then. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An address of a network (/24) of its own. */
function place(number: number): string {
  return `${20 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}.1:8090`;
}

test('two peers of a community that it never heard of are introduced to each other', async () => {
  const { tracker, receive, take } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  const first = take();
  expect(introducedIn(ofKind(first, RESPONSE)[0]?.bytes ?? new Uint8Array())).toBe('0.0.0.0:0');
  expect(ofKind(first, REQUEST).map(({ to }) => to)).toEqual([place(1)]);

  receive(request(numberedKey(2), communityId(5)), place(2));
  const second = take();
  expect(introducedIn(ofKind(second, RESPONSE)[0]?.bytes ?? new Uint8Array())).toBe(place(1));
  expect(ofKind(second, PUNCTURE_REQUEST).map(({ to }) => to)).toEqual([place(1)]);
  expect(tracker.communities.map(({ id, peers }) => [id, peers.length])).toEqual([
    [communityId(5), 2],
  ]);
  expect(tracker.counters).toEqual({ handled: 2 });
});

test('peers of one community are never told to those of another', async () => {
  const { receive, take } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  take();
  receive(request(numberedKey(2), communityId(6)), place(2));
  expect(introducedIn(ofKind(take(), RESPONSE)[0]?.bytes ?? new Uint8Array())).toBe('0.0.0.0:0');
});

test('messages that are no requests found no community, nor do those that nobody signed', async () => {
  const { tracker, receive, take } = await createTrackerBench();
  const good = request(numberedKey(1), communityId(5));
  const other = good.slice();
  other[22] = 1;
  receive(other, place(1));
  const version = good.slice();
  version[1] = 3;
  receive(version, place(1));
  receive(good.slice(0, 40), place(1));
  receive(good.slice(0, 22), place(1));
  expect(take()).toEqual([]);
  expect(tracker.communities).toEqual([]);
  expect(tracker.counters).toEqual({ 'unknown-prefix': 2, 'too-short': 2 });
});

test('a peer that does not answer its ping in time is forgotten, and an empty community too', async () => {
  const { tracker, receive, clock } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  clock.advance(PING_TIMEOUT_MS);
  expect(tracker.communities.map(({ peers }) => peers.length)).toEqual([0]);
  clock.advance(CHURN_INTERVAL_MS);
  expect(tracker.communities).toEqual([]);
  // What it counted is still there.
  expect(tracker.counters).toEqual({ handled: 1 });
});

test('a peer that answers stays, and is pinged again when it was silent for long', async () => {
  const { tracker, receive, clock, take } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  const pings = (): readonly Sent[] => ofKind(take(), REQUEST);
  for (const ping of pings()) receive(answer(numberedKey(1), ping.bytes), place(1));
  let answered = 0;
  for (let second = 0; second < 120; second++) {
    clock.advance(1_000);
    await settle();
    for (const ping of pings()) {
      receive(answer(numberedKey(1), ping.bytes), place(1));
      answered += 1;
    }
  }
  expect(answered).toBe(4);
  expect(tracker.communities.map(({ peers }) => peers.length)).toEqual([1]);
});

test('a peer that takes no newcomers is not told of any more', async () => {
  const { tracker, receive, take } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  const [ping] = ofKind(take(), REQUEST);
  receive(answer(numberedKey(1), ping?.bytes ?? new Uint8Array(), true), place(1));
  expect(tracker.communities[0]?.peers).toEqual([]);
});

test('ten times the communities that there is room for, and the proved one stays', async () => {
  const communitiesMax = 100;
  const { tracker, receive, clock, take } = await createTrackerBench({ communitiesMax });
  receive(request(numberedKey(0), communityId(0)), place(0));
  const [ping] = ofKind(take(), REQUEST);
  receive(answer(numberedKey(0), ping?.bytes ?? new Uint8Array()), place(0));
  for (let number = 1; number <= 10 * communitiesMax; number++) {
    clock.advance(1);
    receive(request(numberedKey(number), communityId(number)), place(number));
  }
  expect(tracker.communities).toHaveLength(communitiesMax);
  const ids = tracker.communities.map(({ id }) => id);
  expect(ids).toContain(communityId(0));
  expect(ids).toContain(communityId(10 * communitiesMax));
  const total = Object.values(tracker.counters).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(10 * communitiesMax + 2);
});

test('requests that nobody signed take no place, and make no community, whatever they ask for', async () => {
  const crypto: Crypto = { ...hollowCrypto, verify: (_, __, signature) => signature.at(-1) === 0 };
  const { tracker, receive } = await createTrackerBench({ communitiesMax: 2, crypto });
  receive(request(numberedKey(1), communityId(1)), place(1));
  receive(request(numberedKey(2), communityId(2)), place(2));
  const before = tracker.counters;
  for (let number = 3; number < 23; number++) {
    const forged = request(numberedKey(number), communityId(number));
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    receive(forged, place(number));
    expect(tracker.communities.map(({ id }) => id)).toEqual([1, 2].map(communityId));
  }
  expect(tracker.counters).toEqual({ ...before, 'bad-signature': 20 });
});

test(`there is room for ${COMMUNITIES_MAX} communities`, async () => {
  const { tracker, receive, clock } = await createTrackerBench();
  for (let number = 0; number < COMMUNITIES_MAX + 50; number++) {
    if (number % 200 === 0) clock.advance(200);
    receive(request(numberedKey(number), communityId(number)), place(number));
  }
  expect(tracker.communities).toHaveLength(COMMUNITIES_MAX);
});

test('when somebody answered in every community, a stranger founds no other', async () => {
  const { tracker, receive, take } = await createTrackerBench({ communitiesMax: 3 });
  for (const number of [1, 2, 3]) {
    receive(request(numberedKey(number), communityId(number)), place(number));
    const [ping] = ofKind(take(), REQUEST);
    receive(answer(numberedKey(number), ping?.bytes ?? new Uint8Array()), place(number));
  }
  receive(request(numberedKey(4), communityId(4)), place(4));
  expect(take()).toEqual([]);
  expect(tracker.communities.map(({ id }) => id)).toEqual([1, 2, 3].map(communityId));
  expect(tracker.counters).toEqual({ handled: 6, 'unknown-prefix': 1 });
});

test(`${10 * PEERS_PER_COMMUNITY_MAX} forged sources take the places of ${PEERS_PER_COMMUNITY_MAX}, but no proved one's`, async () => {
  const { tracker, receive, clock, take } = await createTrackerBench();
  receive(request(numberedKey(0), communityId(5)), place(0));
  const [ping] = ofKind(take(), REQUEST);
  receive(answer(numberedKey(0), ping?.bytes ?? new Uint8Array()), place(0));
  for (let number = 1; number <= 10 * PEERS_PER_COMMUNITY_MAX; number++) {
    clock.advance(5);
    receive(request(numberedKey(number), communityId(5)), place(number));
  }
  const peers = tracker.communities[0]?.peers ?? [];
  expect(peers).toHaveLength(PEERS_PER_COMMUNITY_MAX);
  const ids = peers.map(({ id }) => id);
  expect(ids).toContain(createPeer(numberedKey(0).publicKey).id);
  expect(ids).toContain(createPeer(numberedKey(10 * PEERS_PER_COMMUNITY_MAX).publicKey).id);
});

test('what a forged source makes the tracker send to it is less than three bytes for each of its own', async () => {
  const { receive, clock, take } = await createTrackerBench();
  const victim = '66.66.66.66:666';
  let forged = 0;
  let suffered = 0;
  for (let number = 0; number < 2_000; number++) {
    clock.advance(10);
    const datagram = request(numberedKey(number), communityId(number % 7));
    forged += datagram.length;
    receive(datagram, victim);
    for (const { to, bytes } of take()) {
      // One of the many keys is introduced to the others, so its address is all there is to tell.
      expect(to).toBe(victim);
      suffered += bytes.length;
    }
  }
  expect(suffered / forged).toBeLessThan(3);
});

test('who is introduced without having answered is asked to open the way so often, and no more', async () => {
  const { clock, receive, take, tracker } = await createTrackerBench();
  const victim = '66.66.66.66:666';
  const forged = request(numberedKey(0), communityId(1));
  receive(forged, victim);
  // The forged peer is forgotten soon after.
  for (let passedMs = 0; passedMs < PING_TIMEOUT_MS; passedMs += 5) {
    clock.advance(5);
    receive(request(numberedKey(1), communityId(1)), '77.77.77.77:777');
  }
  const suffered = take()
    .filter(({ to }) => to === victim)
    .reduce((sum, { bytes }) => sum + bytes.length, 0);
  const allowed = REPLY_BYTES_PER_BYTE_MAX * forged.length + STARTED_BYTES_PER_TARGET_MAX;
  expect(suffered).toBeLessThanOrEqual(allowed);
  expect(suffered).toBeGreaterThan(allowed - forged.length);
  expect(tracker.traffic.unsent['over-budget']).toBeGreaterThan(0);
});

test('pings go out at a bearable pace, whatever the number of communities', async () => {
  const { receive, clock, take } = await createTrackerBench();
  for (let number = 0; number < 500; number++) {
    receive(request(numberedKey(number), communityId(number)), place(number));
  }
  // All in one moment: the founders' pings.
  expect(ofKind(take(), REQUEST).length).toBeLessThanOrEqual(PINGS_PER_SECOND_MAX);
  clock.advance(CHURN_INTERVAL_MS);
  expect(ofKind(take(), REQUEST).length).toBeLessThanOrEqual(PINGS_PER_SECOND_MAX);
});

test(`a round of a community with ${PEERS_PER_COMMUNITY_MAX} doubtful peers pings ${PINGS_PER_ROUND_MAX}`, async () => {
  const { receive, clock, take } = await createTrackerBench();
  for (let number = 0; number < PEERS_PER_COMMUNITY_MAX; number++) {
    clock.advance(5);
    receive(request(numberedKey(number), communityId(5)), place(number));
  }
  take();
  clock.advance(CHURN_INTERVAL_MS);
  expect(ofKind(take(), REQUEST)).toHaveLength(PINGS_PER_ROUND_MAX);
});

test('a tracker stops once, and serves nobody afterwards', async () => {
  const { tracker, receive, isOpen, take, clock } = await createTrackerBench();
  receive(request(numberedKey(1), communityId(5)), place(1));
  take();
  const stopped = tracker.stop();
  expect(tracker.stop()).toBe(stopped);
  await stopped;
  expect(isOpen()).toBe(false);
  expect(tracker.communities).toEqual([]);
  receive(request(numberedKey(2), communityId(5)), place(2));
  receive(request(numberedKey(2), communityId(6)), place(2));
  clock.advance(60_000);
  expect(take()).toEqual([]);
  await expect(tracker.start()).resolves.toBeUndefined();
});

test('ten times the pings of a second: the others are not sent', async () => {
  const { receive, take, clock } = await createTrackerBench();
  for (let number = 1; number <= 10 * PINGS_PER_SECOND_MAX; number++) {
    receive(request(numberedKey(number), communityId(number)), place(number));
  }
  const strangersMax = PINGS_PER_SECOND_MAX - PINGS_RESERVED;
  expect(ofKind(take(), REQUEST)).toHaveLength(strangersMax);
  clock.advance(1_000);
  receive(request(numberedKey(9_999), communityId(9_999)), place(9_999));
  expect(ofKind(take(), REQUEST)).toHaveLength(1);
});

test('a community where somebody answered has its peers pinged, whatever others are founded', async () => {
  const { receive, take, clock } = await createTrackerBench();
  const honest = communityId(5);
  receive(request(numberedKey(1), honest), place(1));
  for (const ping of ofKind(take(), REQUEST)) receive(answer(numberedKey(1), ping.bytes), place(1));
  receive(request(numberedKey(2), honest), place(2));
  let founded = 10;
  const pinged = new Set<string>();
  for (let second = 0; second < 2 * (CHURN_INTERVAL_MS / 1_000); second++) {
    // Ten times what all pings of a second are, before and after what is due.
    for (let half = 0; half < 2; half++) {
      for (let count = 0; count < 5 * PINGS_PER_SECOND_MAX; count++) {
        founded += 1;
        receive(request(numberedKey(founded), communityId(founded)), place(founded));
      }
      clock.advance(500);
    }
    await settle();
    for (const ping of ofKind(take(), REQUEST)) pinged.add(ping.to);
  }
  expect(pinged).toContain(place(2));
});

test('ten times as many silent peers as one round pings: the others wait for the next', async () => {
  const { receive, take, clock } = await createTrackerBench();
  const count = 10 * PINGS_PER_ROUND_MAX;
  for (let number = 1; number <= count; number++) {
    receive(request(numberedKey(number), communityId(5)), place(number));
    for (const ping of ofKind(take(), REQUEST)) {
      receive(answer(numberedKey(number), ping.bytes), place(number));
    }
    clock.advance(25);
  }
  clock.advance(CHURN_INTERVAL_MS - 25 * count);
  take();
  let pings = 0;
  for (let round = 0; round < 3; round++) {
    clock.advance(CHURN_INTERVAL_MS);
    await settle();
    const now = ofKind(take(), REQUEST).length;
    expect(now).toBeLessThanOrEqual(PINGS_PER_ROUND_MAX);
    pings += now;
  }
  expect(pings).toBeGreaterThanOrEqual(PINGS_PER_ROUND_MAX);
});

test('a tracker in numbers, which strangers make no longer, and the life of its datagrams', async () => {
  const { tracker, receive } = await createTrackerBench();
  const lives: string[] = [];
  const end = tracker.tracePackets((event) => {
    lives.push(
      event.stage === 'dropped'
        ? `${event.packet} ${event.reason}`
        : `${event.packet} ${event.stage}`,
    );
  });
  receive(request(numberedKey(1), communityId(1)), place(1));
  receive(Uint8Array.of(1, 2, 3), place(2));
  receive(new Uint8Array(40), place(2));
  end();
  expect(lives).toEqual([
    '1 received',
    '1 filtered',
    '1 verified',
    '1 handled',
    '2 received',
    '2 too-short',
    '3 received',
    '3 unknown-prefix',
  ]);
  for (let number = 2; number <= 40; number++) {
    receive(request(numberedKey(number), communityId(number)), place(number));
  }
  expect(lives).toHaveLength(8);
  const metrics = tracker.metrics();
  expect(metrics).toMatchObject({ peers: 40, communities: 40, demultiplexer: { 'too-short': 1 } });
  const lines = printMetrics(metrics).split('\n');
  expect(lines).toContain('ipv8_tracked_communities 40');
  const handled = '{overlay="tracker",community="all",outcome="handled"} 40';
  expect(lines).toContain(`ipv8_datagrams_total${handled}`);
  expect(lines.filter((line) => line.startsWith('ipv8_overlay_peers'))).toHaveLength(1);
});
