/** Who speaks which style of introductions to whom, and what of IPv6 is told. */
import { expect, test } from 'vitest';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  NewIntroductionRequest,
  NewIntroductionResponse,
  NewPuncture,
  NewPunctureRequest,
  PunctureRequest,
} from '../../../generated/introduction.ts';
import { type Address, NO_ADDRESS } from '../../../runtime/address/address.ts';
import { parseAddress } from '../../../runtime/address/text.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { COMMUNITY_ID, createBench, crypto, datagramOf, newKey, type Sent } from './bench.ts';

const NO_BYTES = new Uint8Array(0);
const NO_FLAGS = {
  flag1: false,
  flag2: false,
  flag3: false,
  flag4: false,
  flag5: false,
  flag6: false,
  flag7: false,
};

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

const v4 = at('1.1.1.1:1');
const v6 = at('[2001:db8:1::1]:1');
const bothFamilies = { bound: [v4, v6] };

function oldRequest(to: Address, supportsNewStyle = false): IntroductionRequest {
  return new IntroductionRequest({
    destinationAddress: to,
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown, supportsNewStyle, advice: true },
    identifier: 77,
    extraBytes: NO_BYTES,
  });
}

function newRequest(to: Address, lan = NO_ADDRESS): NewIntroductionRequest {
  return new NewIntroductionRequest({
    destinationAddress: to,
    sourceLanAddress: lan,
    sourceWanAddress: NO_ADDRESS,
    identifier: 78,
    flags: {
      connection: ConnectionType.unknown,
      supportsNewStyle: false,
      dflag1: false,
      dflag2: false,
      tunnel: false,
      sync: false,
      advice: false,
    },
    extraBytes: NO_BYTES,
  });
}

type ResponseFields = {
  readonly identifier: number;
  readonly seenAt: Address;
  readonly sourceWan?: Address;
  readonly wan?: Address;
  readonly isNewStyle?: boolean;
};

function newResponse(fields: ResponseFields): NewIntroductionResponse {
  const { identifier, seenAt, sourceWan, wan, isNewStyle = false } = fields;
  return new NewIntroductionResponse({
    destinationAddress: seenAt,
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: sourceWan ?? NO_ADDRESS,
    lanIntroductionAddress: NO_ADDRESS,
    wanIntroductionAddress: wan ?? NO_ADDRESS,
    identifier,
    flags: { ...NO_FLAGS, introducedSupportsNewStyle: isNewStyle },
    extraBytes: NO_BYTES,
  });
}

function read<T>(type: MessageType<T>, sent: Sent | undefined): T {
  if (sent === undefined) return expect.fail('nothing was sent');
  expect(messageIdOf(sent.bytes)).toBe(type.id);
  const opened = open(sent.bytes, type, { crypto });
  return opened.ok ? (opened.value.message as T) : expect.fail(opened.error.reason);
}

const ids = (sent: readonly Sent[]) => sent.map(({ bytes }) => messageIdOf(bytes));

test('whom we do not know is asked in the old style, and answered so', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  node.walkable.walkTo(at('2.2.2.2:2'));
  expect(read(IntroductionRequest, bench.take()[0]).flags.supportsNewStyle).toBe(false);
  const key = newKey();
  node.receive(datagramOf(IntroductionRequest, oldRequest(v4), { key }), '2.2.2.2:2');
  // The answer announces that we speak the new one.
  expect(read(IntroductionResponse, bench.take()[0]).flags.supportsNewStyle).toBe(true);
  expect(node.network.isNewStyle(createPeer(key.publicKey))).toBe(false);
});

test('who announces the new style is spoken to in it from then on', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  const send = <T>(type: MessageType<T>, message: T) =>
    node.receive(datagramOf(type, message, { key }), '2.2.2.2:2');
  send(IntroductionRequest, oldRequest(v4, true));
  expect(ids(bench.take())).toEqual([233]);
  send(IntroductionRequest, oldRequest(v4));
  expect(ids(bench.take())).toEqual([233]);
  node.walkable.requestIntroduction(createPeer(key.publicKey));
  expect(ids(bench.take())).toEqual([234]);
});

test('an old answer that announces the new style is believed', () => {
  const bench = createBench();
  const [one, other] = [bench.node('1.1.1.1:1'), bench.node('2.2.2.2:2')];
  one.walkable.walkTo(other.address);
  bench.run();
  one.walkable.requestIntroduction(other.peer);
  bench.run();
  expect(ids(bench.take())).toEqual([246, 245, 234, 233]);
});

test('whom we introduce is asked to open the way in the style of the requester', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const [first, second, third] = [newKey(), newKey(), newKey()];
  node.receive(datagramOf(IntroductionRequest, oldRequest(v4), { key: first }), '2.2.2.2:2');
  bench.take();
  const lan = at('192.168.3.3:3');
  node.receive(
    datagramOf(NewIntroductionRequest, newRequest(v4, lan), { key: second }),
    '3.3.3.3:3',
  );
  const [order, answer] = bench.take();
  expect(order?.to).toEqual(at('2.2.2.2:2'));
  expect(read(NewPunctureRequest, order)).toMatchObject({
    lanWalkerAddress: v4,
    wanWalkerAddress: at('3.3.3.3:3'),
    identifier: 78,
  });
  expect(read(NewIntroductionResponse, answer)).toMatchObject({
    destinationAddress: at('3.3.3.3:3'),
    wanIntroductionAddress: at('2.2.2.2:2'),
    flags: { introducedSupportsNewStyle: false },
  });
  node.network.removePeer(createPeer(first.publicKey));
  node.receive(datagramOf(IntroductionRequest, oldRequest(v4), { key: third }), '4.4.4.4:4');
  const [oldOrder, oldAnswer] = bench.take();
  expect(read(PunctureRequest, oldOrder).wanWalkerAddress).toEqual(at('4.4.4.4:4'));
  expect(read(IntroductionResponse, oldAnswer)).toMatchObject({
    lanIntroductionAddress: lan,
    wanIntroductionAddress: at('3.3.3.3:3'),
    flags: { introducedSupportsNewStyle: true },
  });
});

test('whom an introduction says to understand the new style is walked to in it', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  for (const [port, isNewStyle] of [
    [5, true],
    [6, false],
  ] as const) {
    node.walkable.walkTo(at('2.2.2.2:2'));
    const [request] = bench.take();
    const type = messageIdOf(request?.bytes ?? NO_BYTES) === 234 ? NewIntroductionRequest : null;
    const { identifier } = read<IntroductionRequest | NewIntroductionRequest>(
      type ?? IntroductionRequest,
      request,
    );
    const response = newResponse({
      identifier,
      seenAt: v4,
      wan: at(`5.5.5.5:${port}`),
      isNewStyle,
    });
    node.receive(datagramOf(NewIntroductionResponse, response, { key }), '2.2.2.2:2');
    node.walkable.walkTo(at(`5.5.5.5:${port}`));
    expect(ids(bench.take())).toEqual([isNewStyle ? 234 : 246]);
  }
});

test('IPv6 knows the new style alone, and is walked to only with a socket for it', () => {
  const bench = createBench();
  const six = at('[2001:db8:2::2]:2');
  const node = bench.node('1.1.1.1:1');
  node.walkable.walkTo(six);
  expect(bench.take()).toEqual([]);
  const dual = bench.node('1.1.1.9:9', { bound: [at('1.1.1.9:9'), v6] });
  dual.walkable.walkTo(six);
  const [sent] = bench.take();
  expect(sent?.to).toEqual(six);
  expect(read(NewIntroductionRequest, sent)).toMatchObject({
    destinationAddress: six,
    sourceLanAddress: at('1.1.1.9:9'),
    sourceWanAddress: v6,
  });
  // An old request from there does not exist; should one come, the answer is new all the same.
  const old = datagramOf(IntroductionRequest, oldRequest(v4), { key: newKey() });
  dual.receive(old, '[2001:db8:2::2]:2');
  expect(ids(bench.take())).toEqual([233]);
});

test('addresses of a family that we have no socket for are not kept', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  node.walkable.walkTo(at('2.2.2.2:2'));
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  const wan = at('[2001:db8:3::3]:3');
  const response = newResponse({ identifier, seenAt: v4, wan, sourceWan: wan });
  node.receive(datagramOf(NewIntroductionResponse, response, { key: newKey() }), '2.2.2.2:2');
  expect(node.counters.handled).toBe(1);
  expect(node.walkable.walkableAddresses()).toEqual([]);
  expect(bench.take()).toEqual([]);
});

test('who says that it is at IPv6 is met there: walked to, and asked to open the way', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const key = newKey();
  const peer = createPeer(key.publicKey);
  const six = at('[2001:db8:2::2]:2');
  const answer = (from: string, identifier: number): void => {
    const response = newResponse({ identifier, seenAt: v4, sourceWan: six });
    node.receive(datagramOf(NewIntroductionResponse, response, { key }), from);
  };
  node.walkable.walkTo(at('2.2.2.2:2'));
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  answer('2.2.2.2:2', identifier);
  const [order, ...others] = bench.take();
  expect(others).toEqual([]);
  expect(order?.to).toEqual(at('2.2.2.2:2'));
  expect(read(NewPunctureRequest, order)).toMatchObject({
    lanWalkerAddress: NO_ADDRESS,
    wanWalkerAddress: v6,
    identifier,
  });
  expect(node.walkable.walkableAddresses()).toEqual([six]);
  // Said only: it is not there until an answer comes from there.
  expect(node.overlay.addressOf(peer)).toEqual(at('2.2.2.2:2'));
  node.walkable.walkTo(six);
  answer('[2001:db8:2::2]:2', read(NewIntroductionRequest, bench.take()[0]).identifier);
  expect(node.overlay.addressOf(peer)).toEqual(six);
  expect(node.network.addressOf(peer, 'ipv4')).toEqual(at('2.2.2.2:2'));
  // Both are its own now: neither is asked about again.
  for (const from of ['2.2.2.2:2', '[2001:db8:2::2]:2']) {
    node.receive(datagramOf(NewIntroductionRequest, newRequest(v4), { key }), from);
    expect(ids(bench.take())).toEqual([233]);
  }
  expect(node.walkable.walkableAddresses()).toEqual([]);
});

test('asked by one family, a peer may answer by the other, once it was proved there', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const [key, stranger] = [newKey(), newKey()];
  const [four, six] = ['2.2.2.2:2', '[2001:db8:2::2]:2'];
  /** Asks at IPv4 and answers from IPv6. */
  const cross = (by = key): void => {
    node.walkable.walkTo(at(four));
    const [sent] = bench.take();
    const opened = open(sent?.bytes ?? NO_BYTES, NewIntroductionRequest, { crypto });
    const { identifier } = opened.ok
      ? (opened.value.message as NewIntroductionRequest)
      : read(IntroductionRequest, sent);
    const response = newResponse({ identifier, seenAt: v4, wan: at('5.5.5.5:5') });
    node.receive(datagramOf(NewIntroductionResponse, response, { key: by }), six);
  };
  cross();
  expect(node.counters.unsolicited).toBe(1);
  expect(node.overlay.peers()).toEqual([]);
  const peer = createPeer(key.publicKey);
  node.network.addVerifiedPeer(peer, at(four), COMMUNITY_ID);
  cross();
  expect(node.counters.unsolicited).toBe(2);
  for (const place of [four, six]) node.network.confirmAddress(peer, at(place));
  cross(stranger);
  expect(node.counters.unsolicited).toBe(3);
  expect(node.walkable.walkableAddresses()).toEqual([]);
  cross();
  expect(node.counters.handled).toBe(1);
  expect(node.walkable.walkableAddresses()).toEqual([at('5.5.5.5:5')]);
});

test('a puncture request of the other family is met from that family', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const key = newKey();
  node.receive(datagramOf(NewIntroductionRequest, newRequest(v4), { key }), '2.2.2.2:2');
  bench.take();
  const order = new NewPunctureRequest({
    lanWalkerAddress: NO_ADDRESS,
    wanWalkerAddress: at('[2001:db8:2::2]:2'),
    identifier: 9,
  });
  node.receive(datagramOf(NewPunctureRequest, order, { key }), '2.2.2.2:2');
  const [sent] = bench.take();
  expect(sent?.to).toEqual(at('[2001:db8:2::2]:2'));
  expect(read(NewPuncture, sent)).toMatchObject({ sourceLanAddress: v4, identifier: 9 });
});

test('a replay from another family moves nobody; an answer from there adds an address', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const key = newKey();
  const peer = createPeer(key.publicKey);
  const recorded = datagramOf(NewIntroductionRequest, newRequest(v4), { key });
  node.receive(recorded, '2.2.2.2:2');
  bench.take();
  node.receive(recorded, '[2001:db8:66::6]:6');
  const sent = bench.take();
  expect(ids(sent)).toEqual([233, 234]);
  const bytesOut = sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(bytesOut).toBeLessThan(3 * recorded.length);
  expect(node.overlay.addressOf(peer)).toEqual(at('2.2.2.2:2'));
  const { identifier } = read(NewIntroductionRequest, sent[1]);
  const response = newResponse({ identifier, seenAt: v6 });
  node.receive(
    datagramOf(NewIntroductionResponse, response, { key: newKey() }),
    '[2001:db8:66::6]:6',
  );
  expect(node.counters.unsolicited).toBe(1);
  node.receive(datagramOf(NewIntroductionResponse, response, { key }), '[2001:db8:66::6]:6');
  expect(node.overlay.addressOf(peer)).toEqual(at('[2001:db8:66::6]:6'));
  // Where it was first heard was never proved, as whoever replays could choose it too.
  expect(node.network.addressOf(peer, 'ipv4')).toBeUndefined();
});

test('a peer of both families is introduced by the address in the family of the requester', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const peer = createPeer(newKey().publicKey);
  const six = at('[2001:db8:2::2]:2');
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), COMMUNITY_ID);
  for (const address of [at('2.2.2.2:2'), six]) node.network.confirmAddress(peer, address);
  const ask = (from: string) => {
    const key = newKey();
    const request = newRequest(from.startsWith('[') ? v6 : v4);
    node.receive(datagramOf(NewIntroductionRequest, request, { key }), from);
    const introduced = read(NewIntroductionResponse, bench.take()[1]).wanIntroductionAddress;
    node.network.removePeer(createPeer(key.publicKey));
    return introduced;
  };
  expect(ask('3.3.3.3:3')).toEqual(at('2.2.2.2:2'));
  expect(ask('[2001:db8:3::3]:3')).toEqual(six);
});

test('a peer of IPv6 alone is introduced to those who understand it', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const six = '[2001:db8:2::2]:2';
  node.receive(datagramOf(NewIntroductionRequest, newRequest(v6), { key: newKey() }), six);
  bench.take();
  node.receive(datagramOf(IntroductionRequest, oldRequest(v4), { key: newKey() }), '3.3.3.3:3');
  const old = bench.take();
  expect(ids(old)).toEqual([245]);
  expect(read(IntroductionResponse, old[0]).wanIntroductionAddress).toEqual(NO_ADDRESS);
  node.network.removePeer(node.network.peers(COMMUNITY_ID)[1] ?? expect.fail('no peer'));
  node.receive(datagramOf(NewIntroductionRequest, newRequest(v4), { key: newKey() }), '4.4.4.4:4');
  const [order, answer] = bench.take();
  expect(order?.to).toEqual(at(six));
  expect(read(NewIntroductionResponse, answer).wanIntroductionAddress).toEqual(at(six));
});

test.each([
  '[::]:5',
  '[2001:db8::1]:0',
  '[ff02::1]:5',
  '[fe80::1]:5',
  '[::ffff:9.9.9.9]:5',
  '[::1]:5',
])('nobody makes us send to %s', (place) => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', bothFamilies);
  const key = newKey();
  node.receive(datagramOf(NewIntroductionRequest, newRequest(v4), { key }), '2.2.2.2:2');
  bench.take();
  const fields = { lanWalkerAddress: NO_ADDRESS, wanWalkerAddress: at(place), identifier: 9 };
  const order = new NewPunctureRequest(fields);
  node.receive(datagramOf(NewPunctureRequest, order, { key }), '2.2.2.2:2');
  expect(node.counters['bad-address']).toBe(1);
  node.walkable.walkTo(at('3.3.3.3:3'));
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  const response = newResponse({ identifier, seenAt: v4, sourceWan: at(place), wan: at(place) });
  node.receive(datagramOf(NewIntroductionResponse, response, { key: newKey() }), '3.3.3.3:3');
  expect(node.walkable.walkableAddresses()).toEqual([]);
  expect(bench.take()).toEqual([]);
});
