/**
 * What comes through NATs that give each target a port of its own: punctures, and answers, from
 * ports that nobody told us of.
 */
import { expect, test } from 'vitest';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  Puncture,
} from '../../../generated/introduction.ts';
import { type Address, NO_ADDRESS } from '../../../runtime/address/address.ts';
import { OUTSTANDING_REQUESTS_MAX } from '../../../runtime/community/limits.ts';
import { OutstandingRequests } from '../../../runtime/community/outstanding-requests.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { open } from '../../../runtime/packet/open.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import {
  at,
  createBench,
  createTestRandom,
  crypto,
  datagramOf,
  newKey,
  type Sent,
} from './bench.ts';

const INTRODUCER = '2.2.2.2:2';
/** Where the introducer sees the introduced peer. */
const SEEN = '7.7.7.7:70';

function identifierOf(sent: Sent | undefined): number {
  const opened = open(sent?.bytes ?? new Uint8Array(0), IntroductionRequest, { crypto });
  return opened.ok ? (opened.value.message as IntroductionRequest).identifier : -1;
}

function response(identifier: number, wan: Address): IntroductionResponse {
  return new IntroductionResponse({
    destinationAddress: at('1.1.1.1:1'),
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: NO_ADDRESS,
    lanIntroductionAddress: NO_ADDRESS,
    wanIntroductionAddress: wan,
    flags: {
      connection: ConnectionType.unknown,
      supportsNewStyle: false,
      introducedSupportsNewStyle: false,
      peerLimitReached: false,
    },
    identifier,
    extraBytes: new Uint8Array(0),
  });
}

/** A node to which somebody at `SEEN` was introduced, and how that one's puncture may come. */
function introduced(wan = SEEN) {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const [introducer, key] = [newKey(), newKey()];
  node.walkable.walkTo(at(INTRODUCER));
  const identifier = identifierOf(bench.take()[0]);
  const answer = (from: string, by: PrivateKey, number: number, place: Address): void =>
    node.receive(datagramOf(IntroductionResponse, response(number, place), { key: by }), from);
  answer(INTRODUCER, introducer, identifier, at(wan));
  const puncture = (from: string, number = identifier): readonly Sent[] => {
    const message = new Puncture({
      sourceLanAddress: NO_ADDRESS,
      sourceWanAddress: NO_ADDRESS,
      identifier: number,
    });
    node.receive(datagramOf(Puncture, message, { key }), from);
    return bench.take();
  };
  return { bench, node, key, introducer, identifier, answer, puncture };
}

test('a puncture from another port of the introduced host is walked to, and may be answered', () => {
  const { node, key, introducer, answer, puncture } = introduced();
  const [request, ...others] = puncture('7.7.7.7:71');
  expect(others).toEqual([]);
  expect(request?.to).toEqual(at('7.7.7.7:71'));
  expect(node.walkable.walkableAddresses()).toContainEqual(at('7.7.7.7:71'));
  const peer = createPeer(introducer.publicKey);
  expect(node.network.introductionsFrom(peer)).toContainEqual(at('7.7.7.7:71'));
  // Only by the key that sent the puncture.
  const identifier = identifierOf(request);
  answer('7.7.7.7:71', newKey(), identifier, NO_ADDRESS);
  expect(node.counters.unsolicited).toBe(1);
  answer('7.7.7.7:71', key, identifier, NO_ADDRESS);
  expect(node.overlay.addressOf(createPeer(key.publicKey))).toEqual(at('7.7.7.7:71'));
});

test('one walk for each request, whoever sends punctures', () => {
  const { node, puncture } = introduced();
  expect(puncture('7.7.7.7:71').length).toBe(1);
  for (let port = 72; port < 172; port++) expect(puncture(`7.7.7.7:${port}`)).toEqual([]);
  expect(node.counters.unsolicited).toBe(100);
});

test.each([
  ['another host', '7.7.7.8:70', 0],
  ['another number', '7.7.7.7:71', 1],
])('a puncture with %s moves nothing', (_, from, offset) => {
  const { node, identifier, puncture } = introduced();
  expect(puncture(from, identifier + offset)).toEqual([]);
  expect(node.counters.unsolicited).toBe(1);
  expect(node.walkable.walkableAddresses()).toEqual([at(SEEN)]);
  // The right one still counts.
  expect(puncture('7.7.7.7:71').length).toBe(1);
});

test('a puncture before the answer, or more than ten seconds after the request, moves nothing', () => {
  const late = introduced();
  late.bench.clock.advance(10_001);
  expect(late.puncture('7.7.7.7:71')).toEqual([]);
  const early = introduced();
  early.node.walkable.walkTo(at('3.3.3.3:3'));
  const identifier = identifierOf(early.bench.take()[0]);
  expect(early.puncture('8.8.8.8:81', identifier)).toEqual([]);
  for (const { node } of [late, early]) expect(node.counters.unsolicited).toBe(1);
});

test('where we were told to, or where the peer is already, the walk goes at its own pace', () => {
  const told = introduced();
  expect(told.puncture(SEEN)).toEqual([]);
  const known = introduced();
  known.node.network.addVerifiedPeer(
    createPeer(known.key.publicKey),
    at('7.7.7.7:71'),
    known.node.overlay.communityId,
  );
  expect(known.puncture('7.7.7.7:71')).toEqual([]);
  for (const { node } of [told, known]) {
    expect(node.counters.unsolicited).toBe(0);
    expect(node.walkable.walkableAddresses()).toEqual([at(SEEN)]);
  }
});

test('a puncture from a host that nobody introduced is dropped unread', () => {
  const { node, puncture } = introduced();
  const datagram = new Uint8Array(185).fill(1);
  const [sent] = puncture('7.7.7.7:71');
  datagram.set(sent?.bytes.subarray(0, 22) ?? []);
  datagram[22] = Puncture.id;
  node.receive(datagram, '9.9.9.9:9');
  expect(node.counters).toMatchObject({ unsolicited: 1, 'bad-key': 0, 'bad-signature': 0 });
});

test('an answer from another port of the host that was asked makes a peer there, once', () => {
  const { bench, node, answer } = introduced();
  const key = newKey();
  node.walkable.walkTo(at(SEEN));
  const identifier = identifierOf(bench.take()[0]);
  answer('7.7.7.8:71', key, identifier, at('6.6.6.6:6'));
  expect(node.counters.unsolicited).toBe(1);
  answer('7.7.7.7:71', key, identifier, at('6.6.6.6:6'));
  const address = node.overlay.addressOf(createPeer(key.publicKey));
  expect(address).toEqual(at('7.7.7.7:71'));
  // It is not proved, and nothing that the answer says counts.
  expect(node.network.isProved(at('7.7.7.7:71'))).toBe(false);
  expect(node.walkable.walkableAddresses()).toEqual([at(SEEN)]);
  for (let port = 72; port < 172; port++) {
    answer(`7.7.7.7:${port}`, newKey(), identifier, NO_ADDRESS);
  }
  expect(node.counters.unsolicited).toBe(101);
  expect(node.overlay.peers().length).toBe(2);
  // Nobody took the request's place: it is still answered from where it was sent.
  answer(SEEN, key, identifier, NO_ADDRESS);
  expect(node.overlay.addressOf(createPeer(key.publicKey))).toEqual(at(SEEN));
});

test('an answer from another port does not move a peer, nor does it by another key', () => {
  const { bench, node, introducer, answer } = introduced();
  const peer = createPeer(introducer.publicKey);
  node.walkable.requestIntroduction(peer);
  const identifier = identifierOf(bench.take()[0]);
  answer('2.2.2.2:3', newKey(), identifier, NO_ADDRESS);
  expect(node.counters.unsolicited).toBe(1);
  answer('2.2.2.2:3', introducer, identifier, NO_ADDRESS);
  expect(node.overlay.addressOf(peer)).toEqual(at(INTRODUCER));
  expect(node.overlay.peers().length).toBe(1);
});

test('requests are forgotten when their time is over, and at their cap before', () => {
  let now = 0;
  const clock = { now: () => now, wallTime: () => now, after: () => ({ cancel: () => {} }) };
  const outstanding = new OutstandingRequests(clock, createTestRandom(1));
  const introducer = createPeer(newKey().publicKey);
  for (let step = 0; step < OUTSTANDING_REQUESTS_MAX * 10; step++) {
    const identifier = outstanding.add(at(INTRODUCER), undefined) ?? -1;
    expect(outstanding.settle(identifier, introducer, at(INTRODUCER))).toBe(true);
    outstanding.expectPuncture(identifier, [at(`7.7.${step >> 8}.${step & 255}:7`)]);
  }
  expect(outstanding.size).toBe(OUTSTANDING_REQUESTS_MAX);
  expect(outstanding.isPunctureExpected(at('7.7.0.0:9'))).toBe(false);
  expect(outstanding.isPunctureExpected(at('7.7.9.255:9'))).toBe(true);
  now = 10_001;
  expect(outstanding.isPunctureExpected(at('7.7.9.255:9'))).toBe(false);
  outstanding.add(at(INTRODUCER), undefined);
  expect(outstanding.size).toBe(1);
});
