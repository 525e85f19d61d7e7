import { expect, test } from 'vitest';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  Puncture,
  PunctureRequest,
} from '../../../generated/introduction.ts';
import { type Address, NO_ADDRESS } from '../../../runtime/address/address.ts';
import {
  BUDGET_MAX,
  BUDGET_RESERVED,
  LAN_ADDRESSES_MAX,
  OUTSTANDING_REQUESTS_MAX,
} from '../../../runtime/community/limits.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { SILENCE_BEFORE_EVICTION_MS } from '../../../runtime/network/limits.ts';
import {
  at,
  COMMUNITY_ID,
  createBench,
  createTestRandom,
  crypto,
  datagramOf,
  hollowCrypto,
  hollowKey,
  newKey,
  type Sent,
} from './bench.ts';

const NO_BYTES = new Uint8Array(0);

function requestTo(to: Address, lan: Address = NO_ADDRESS, advice = true): IntroductionRequest {
  return new IntroductionRequest({
    destinationAddress: to,
    sourceLanAddress: lan,
    sourceWanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice },
    identifier: 77,
    extraBytes: NO_BYTES,
  });
}

type ResponseFields = {
  readonly identifier: number;
  readonly seenAt: Address;
  readonly lan?: Address;
  readonly wan?: Address;
};

function responseOf(fields: ResponseFields): IntroductionResponse {
  return new IntroductionResponse({
    destinationAddress: fields.seenAt,
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: NO_ADDRESS,
    lanIntroductionAddress: fields.lan ?? NO_ADDRESS,
    wanIntroductionAddress: fields.wan ?? NO_ADDRESS,
    flags: {
      connection: ConnectionType.unknown,
      supportsNewStyle: false,
      introducedSupportsNewStyle: false,
      peerLimitReached: false,
    },
    identifier: fields.identifier,
    extraBytes: NO_BYTES,
  });
}

function read<T>(
  type: MessageType<T>,
  sent: Sent | undefined,
): T & { readonly globalTime: bigint } {
  if (sent === undefined) return expect.fail('nothing was sent');
  expect(messageIdOf(sent.bytes)).toBe(type.id);
  const opened = open(sent.bytes, type, { crypto });
  if (!opened.ok) return expect.fail(opened.error.reason);
  return { ...(opened.value.message as T), globalTime: opened.value.globalTime ?? -1n };
}

const ids = (sent: readonly Sent[]) => sent.map(({ bytes }) => messageIdOf(bytes));

test('a request says what the reference says', () => {
  const bench = createBench();
  const node = bench.node('192.168.1.2:8090');
  node.walkable.walkTo(at('9.9.9.9:1000'));
  const request = read(IntroductionRequest, bench.take()[0]);
  expect(request).toEqual({
    destinationAddress: at('9.9.9.9:1000'),
    sourceLanAddress: at('192.168.1.2:8090'),
    sourceWanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
    // The first number that the node draws.
    identifier: createTestRandom(1).below(65_536),
    extraBytes: NO_BYTES,
    globalTime: 1n,
  });
});

test('three overlays find each other through the one they all know', () => {
  const bench = createBench();
  const bootstrapAddresses = () => [at('127.0.0.1:1000')];
  const nodes = [1000, 1001, 1002].map((port) =>
    bench.node(`127.0.0.1:${port}`, { bootstrapAddresses }),
  );
  for (let step = 0; step < 8; step++) {
    for (const { walkable } of nodes) {
      const [next] = walkable.walkableAddresses();
      if (next === undefined) walkable.requestIntroduction();
      else walkable.walkTo(next);
      bench.run();
    }
    bench.clock.advance(1_000);
  }
  for (const node of nodes) {
    const others = nodes.filter((other) => other !== node).map(({ peer }) => peer.id);
    expect(
      node.overlay
        .peers()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(others.toSorted());
    expect(node.overlay.myAddress).toEqual(node.address);
    for (const other of nodes) {
      if (other !== node) expect(node.overlay.addressOf(other.peer)).toEqual(other.address);
    }
    // Where all have one address outside, punctures go where the reference's go: to the introducer,
    // who asked for none.
    const { handled, unsolicited: _, ...rest } = node.counters;
    expect(handled).toBeGreaterThan(0);
    expect(Object.values(rest).every((count) => count === 0)).toBe(true);
  }
});

test('a tracker introduces, but is never a peer', () => {
  const bench = createBench();
  const tracker = at('5.5.5.5:6421');
  const node = bench.node('1.1.1.1:1', {
    bootstrapAddresses: () => [tracker],
    trackerAddresses: () => [tracker],
  });
  node.walkable.requestIntroduction();
  const key = newKey();
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  const response = responseOf({ identifier, seenAt: at('1.1.1.1:1'), wan: at('2.2.2.2:2') });
  node.receive(datagramOf(IntroductionResponse, response, { key }), '5.5.5.5:6421');
  expect(node.counters.handled).toBe(1);
  expect(node.overlay.peers()).toEqual([]);
  expect(node.walkable.walkableAddresses()).toEqual([at('2.2.2.2:2')]);
  // Trackers also ask, to see who still lives.
  const request = requestTo(at('1.1.1.1:1'));
  node.receive(datagramOf(IntroductionRequest, request, { key }), '5.5.5.5:6421');
  expect(ids(bench.take())).toEqual([245]);
  expect(node.overlay.peers()).toEqual([]);
  // And they have the way opened to those they introduce.
  node.receive(punctureRequest('7.7.7.7:7'), '5.5.5.5:6421');
  expect(bench.take().map(({ to }) => to)).toEqual([at('7.7.7.7:7')]);
});

test('the requester is answered where it is, and another peer is asked to open the way', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const [first, second] = [newKey(), newKey()];
  const lan = at('192.168.7.7:7');
  const send = (key: typeof first, from: string, source?: Address) =>
    node.receive(
      datagramOf(IntroductionRequest, requestTo(at('1.1.1.1:1'), source), { key }),
      from,
    );
  send(first, '2.2.2.2:2', lan);
  const alone = bench.take();
  expect(ids(alone)).toEqual([245]);
  expect(read(IntroductionResponse, alone[0]).wanIntroductionAddress).toEqual(NO_ADDRESS);

  send(second, '3.3.3.3:3');
  const [puncture, answer] = bench.take();
  expect(puncture?.to).toEqual(at('2.2.2.2:2'));
  expect(read(PunctureRequest, puncture)).toMatchObject({
    lanWalkerAddress: at('1.1.1.1:1'),
    wanWalkerAddress: at('3.3.3.3:3'),
    identifier: 77,
    globalTime: 3n,
  });
  expect(answer?.to).toEqual(at('3.3.3.3:3'));
  expect(read(IntroductionResponse, answer)).toMatchObject({
    destinationAddress: at('3.3.3.3:3'),
    lanIntroductionAddress: lan,
    wanIntroductionAddress: at('2.2.2.2:2'),
    identifier: 77,
    flags: { supportsNewStyle: true, introducedSupportsNewStyle: false, peerLimitReached: false },
    globalTime: 2n,
  });
});

test('who does not want an introduction gets none', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  for (const [port, advice] of [
    [2, true],
    [3, false],
  ] as const) {
    const request = requestTo(at('1.1.1.1:1'), NO_ADDRESS, advice);
    const datagram = datagramOf(IntroductionRequest, request, { key: newKey() });
    node.receive(datagram, `2.2.2.2:${port}`);
  }
  expect(ids(bench.take())).toEqual([245, 245]);
  expect(node.overlay.peers().length).toBe(2);
});

test('a peer in our own network is introduced by its address there', () => {
  const bench = createBench();
  const node = bench.node('192.168.1.1:1');
  const request = () =>
    datagramOf(IntroductionRequest, requestTo(at('192.168.1.1:1')), { key: newKey() });
  node.receive(request(), '192.168.1.2:2');
  bench.take();
  node.receive(request(), '9.9.9.9:9');
  const response = read(IntroductionResponse, bench.take()[1]);
  expect(response.lanIntroductionAddress).toEqual(at('192.168.1.2:2'));
  // Nobody told us our address outside yet; the port alone is what the reference sends then.
  expect(response.wanIntroductionAddress).toEqual(at('0.0.0.0:2'));
});

test('on one machine peers are introduced by the address that was seen to work', () => {
  const bench = createBench();
  const node = bench.node('127.0.0.1:1');
  for (const port of [2, 3]) {
    const request = requestTo(node.address, at(`172.17.0.2:${port}`));
    const datagram = datagramOf(IntroductionRequest, request, { key: newKey() });
    node.receive(datagram, `127.0.0.1:${port}`);
  }
  expect(read(IntroductionResponse, bench.take().at(-1))).toMatchObject({
    lanIntroductionAddress: NO_ADDRESS,
    wanIntroductionAddress: at('127.0.0.1:2'),
  });
});

test('requests are dropped while there are more peers than wanted', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { peersMax: 2 });
  const flags: boolean[] = [];
  for (let port = 1; port <= 20; port++) {
    const datagram = datagramOf(IntroductionRequest, requestTo(at('1.1.1.1:1')), { key: newKey() });
    node.receive(datagram, `2.2.2.2:${port}`);
    const answer = bench.take().find(({ bytes }) => messageIdOf(bytes) === 245);
    if (answer !== undefined) flags.push(read(IntroductionResponse, answer).flags.peerLimitReached);
  }
  // One more than wanted, as in the reference (community.py:460).
  expect(node.overlay.peers().length).toBe(3);
  expect(flags).toEqual([false, true, true]);
  expect(node.counters.full).toBe(17);
});

test('a crowd of keys that never answers gives way when it has been silent', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { peersMax: 2 });
  const requestFrom = (place: string): void => {
    const request = requestTo(at('1.1.1.1:1'));
    node.receive(datagramOf(IntroductionRequest, request, { key: newKey() }), place);
  };
  for (let port = 1; port <= 30; port++) requestFrom(`6.6.6.6:${port}`);
  expect(node.counters.full).toBe(27);
  bench.clock.advance(SILENCE_BEFORE_EVICTION_MS - 1);
  requestFrom('2.2.2.2:1');
  expect(node.counters.full).toBe(28);
  bench.clock.advance(1);
  for (let port = 2; port <= 9; port++) requestFrom(`2.2.2.2:${port}`);
  // Three places were free to take; who took them is not silent.
  expect(node.counters.full).toBe(33);
  expect(node.overlay.peers().length).toBe(3);
});

test('an unsolicited response moves nothing', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  for (let identifier = 0; identifier < 200; identifier++) {
    const response = responseOf({
      identifier,
      seenAt: at('66.6.6.6:6'),
      wan: at('77.7.7.7:7'),
    });
    node.receive(datagramOf(IntroductionResponse, response, { key: newKey() }), '6.6.6.6:6');
  }
  expect(node.counters.unsolicited).toBe(200);
  expect(node.overlay.peers()).toEqual([]);
  expect(node.walkable.walkableAddresses()).toEqual([]);
  expect(node.overlay.myAddress).toEqual(node.address);
  expect(bench.take()).toEqual([]);
});

test('a response counts once, in time, from the address that was asked', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  const answer = (identifier: number, from: string) =>
    node.receive(
      datagramOf(
        IntroductionResponse,
        responseOf({ identifier, seenAt: at('1.1.1.1:1'), wan: at('3.3.3.3:3') }),
        { key },
      ),
      from,
    );
  node.walkable.walkTo(at('2.2.2.2:2'));
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  answer(identifier, '2.2.2.9:2');
  answer(identifier, '9.9.9.9:2');
  answer(identifier ^ 1, '2.2.2.2:2');
  expect(node.counters.unsolicited).toBe(3);
  // Wrong guesses took nothing away from the right answer.
  answer(identifier, '2.2.2.2:2');
  expect(node.counters.handled).toBe(1);
  expect(node.overlay.addressOf(createPeer(key.publicKey))).toEqual(at('2.2.2.2:2'));
  expect(node.walkable.walkableAddresses()).toEqual([at('3.3.3.3:3')]);
  answer(identifier, '2.2.2.2:2');
  expect(node.counters.unsolicited).toBe(4);

  node.walkable.walkTo(at('2.2.2.2:2'));
  const late = read(IntroductionRequest, bench.take()[0]);
  bench.clock.advance(10_001);
  answer(late.identifier, '2.2.2.2:2');
  expect(node.counters.unsolicited).toBe(5);
});

test('a request to a known peer is answered by nobody else', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  node.receive(datagramOf(IntroductionRequest, requestTo(node.address), { key }), '2.2.2.2:2');
  bench.take();
  node.walkable.requestIntroduction(createPeer(key.publicKey));
  const { identifier } = read(IntroductionRequest, bench.take()[0]);
  const response = responseOf({ identifier, seenAt: at('6.6.6.6:6') });
  node.receive(datagramOf(IntroductionResponse, response, { key: newKey() }), '2.2.2.2:2');
  expect(node.counters.unsolicited).toBe(1);
  node.receive(datagramOf(IntroductionResponse, response, { key }), '2.2.2.2:2');
  expect(node.counters.handled).toBe(2);
});

test('a replayed request does not move a peer; an answer from its new address does', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  const peer = createPeer(key.publicKey);
  const recorded = datagramOf(IntroductionRequest, requestTo(node.address), { key });
  node.receive(recorded, '2.2.2.2:2');
  bench.take();
  node.receive(recorded, '66.66.66.66:6');
  expect(node.overlay.addressOf(peer)).toEqual(at('2.2.2.2:2'));
  // Answer and question: less than three bytes out for each that came in.
  const sent = bench.take();
  expect(ids(sent)).toEqual([245, 246]);
  const bytesOut = sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(bytesOut).toBeLessThan(3 * recorded.length);

  const { identifier } = read(IntroductionRequest, sent[1]);
  const response = responseOf({ identifier, seenAt: at('1.1.1.1:1') });
  node.receive(datagramOf(IntroductionResponse, response, { key }), '66.66.66.66:6');
  expect(node.overlay.addressOf(peer)).toEqual(at('66.66.66.66:6'));
});

test('a flood of replays pushes out no request of ours', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { crypto: hollowCrypto });
  const sealed = { key: hollowKey(1), crypto: hollowCrypto };
  const recorded = datagramOf(IntroductionRequest, requestTo(node.address), sealed);
  node.receive(recorded, '2.2.2.2:2');
  bench.take();
  node.walkable.walkTo(at('9.9.9.9:9'));
  const asked = open(bench.take()[0]?.bytes ?? NO_BYTES, IntroductionRequest, {
    crypto: hollowCrypto,
  });
  const { identifier } = (asked.ok ? asked.value.message : {}) as IntroductionRequest;

  const count = OUTSTANDING_REQUESTS_MAX * 10;
  for (let step = 0; step < count; step++) node.receive(recorded, '66.66.66.66:6');
  for (let step = 1; step <= count; step++) node.receive(recorded, `66.66.66.66:${step + 6}`);
  const sent = ids(bench.take());
  expect(sent.filter((id) => id === 245).length).toBe(2 * count);
  // One peer's, whatever number of replays.
  expect(sent.filter((id) => id === 246).length).toBe(BUDGET_MAX - BUDGET_RESERVED);

  const response = responseOf({ identifier, seenAt: node.address });
  const answer = { key: hollowKey(2), crypto: hollowCrypto };
  node.receive(datagramOf(IntroductionResponse, response, answer), '9.9.9.9:9');
  expect(node.counters.unsolicited).toBe(0);
});

test('the longest key answers the shortest with less than three bytes for each', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { key: newKey('high') });
  const key = newKey('very-low');
  const recorded = datagramOf(IntroductionRequest, requestTo(node.address), { key });
  node.receive(recorded, '2.2.2.2:2');
  node.receive(recorded, '6.6.6.6:6');
  bench.take();
  // The question that one replay may cause was asked; from here on there are answers alone.
  for (let step = 0; step < 10; step++) {
    node.receive(recorded, '6.6.6.6:6');
    const sent = bench.take();
    expect(ids(sent)).toEqual([245]);
    expect(sent[0]?.bytes.length).toBeLessThan(3 * recorded.length);
  }
});

test('a replay from elsewhere keeps no silent peer alive', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const key = newKey();
  const peer = createPeer(key.publicKey);
  node.receive(datagramOf(IntroductionRequest, requestTo(node.address), { key }), '2.2.2.2:2');
  const heard = node.network.lastHeard(peer);
  const response = responseOf({ identifier: 1, seenAt: node.address });
  const datagram = datagramOf(IntroductionResponse, response, { key });
  bench.clock.advance(5_000);
  node.receive(datagram, '6.6.6.6:6');
  const request = datagramOf(IntroductionRequest, requestTo(node.address), { key });
  node.receive(request, '6.6.6.6:6');
  expect(node.network.lastHeard(peer)).toBe(heard);
  const forged = request.slice();
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  node.receive(forged, '2.2.2.2:2');
  expect(node.counters['bad-signature']).toBe(1);
  // An answer to nothing is not even looked at.
  node.receive(datagram, '2.2.2.2:2');
  expect(node.network.lastHeard(peer)).toBe(heard);
  node.receive(request, '2.2.2.2:2');
  expect(node.network.lastHeard(peer)).toBe(bench.clock.now());
});

test('our own messages, echoed or replayed, do nothing', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const datagram = datagramOf(IntroductionRequest, requestTo(node.address), { key: node.identity });
  node.receive(datagram, '2.2.2.2:2');
  expect(node.counters['own-key']).toBe(1);
  expect(node.overlay.peers()).toEqual([]);
  expect(bench.take()).toEqual([]);
});

function punctureRequest(target: string, lan: Address = NO_ADDRESS): Uint8Array {
  const message = new PunctureRequest({
    lanWalkerAddress: lan,
    wanWalkerAddress: at(target),
    identifier: 5,
  });
  return datagramOf(PunctureRequest, message, { key: newKey() });
}

test('punctures are for known peers only: one to a target, three for one asker a second, five in all', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  node.receive(punctureRequest('7.7.7.7:7'), '2.2.2.2:2');
  expect(node.counters.stranger).toBe(1);
  expect(bench.take()).toEqual([]);

  const request = datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() });
  node.receive(request, '2.2.2.2:2');
  bench.take();
  node.receive(punctureRequest('7.7.7.7:7'), '2.2.2.2:2');
  const [sent] = bench.take();
  expect(sent?.to).toEqual(at('7.7.7.7:7'));
  expect(read(Puncture, sent)).toMatchObject({
    sourceLanAddress: at('1.1.1.1:1'),
    sourceWanAddress: at('7.7.7.7:7'),
    identifier: 5,
  });
  for (let again = 0; again < 100; again++) node.receive(punctureRequest('7.7.7.7:7'), '2.2.2.2:2');
  expect(bench.take()).toEqual([]);
  for (let port = 1; port <= 100; port++) {
    node.receive(punctureRequest(`7.7.7.7:${port + 10}`), '2.2.2.2:2');
  }
  expect(bench.take().length).toBe(2);
  expect(node.counters['over-budget']).toBe(198);
  // Whoever answered us is not crowded out by that.
  node.network.answeredAt(at('3.3.3.3:3'));
  node.receive(
    datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() }),
    '3.3.3.3:3',
  );
  bench.take();
  for (let port = 1; port <= 100; port++) {
    node.receive(punctureRequest(`8.8.8.8:${port}`), '3.3.3.3:3');
  }
  expect(bench.take().length).toBe(1);
  bench.clock.advance(1_000);
  node.receive(punctureRequest('7.7.7.7:7'), '2.2.2.2:2');
  expect(bench.take().length).toBe(1);
});

test.each([
  '0.0.0.0:5',
  '7.7.7.7:0',
  '224.0.0.1:5',
  '255.255.255.255:5',
  '127.0.0.1:5',
  '1.1.1.1:1',
])('nobody makes us send a puncture to %s', (target) => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const request = datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() });
  node.receive(request, '2.2.2.2:2');
  bench.take();
  node.receive(punctureRequest(target), '2.2.2.2:2');
  expect(node.counters['bad-address']).toBe(1);
  expect(bench.take()).toEqual([]);
});

test('behind one NAT, introductions and punctures use the addresses inside it', () => {
  const bench = createBench();
  const node = bench.node('192.168.1.1:1');
  const key = newKey();
  const walk = (fields: { readonly lan?: Address; readonly wan?: Address }) => {
    node.walkable.walkTo(at('2.2.2.2:2'));
    const { identifier } = read(IntroductionRequest, bench.take()[0]);
    const response = responseOf({ identifier, seenAt: at('8.8.8.8:1'), ...fields });
    node.receive(datagramOf(IntroductionResponse, response, { key }), '2.2.2.2:2');
  };
  walk({ lan: at('192.168.1.5:5'), wan: at('8.8.8.8:5') });
  expect(node.overlay.myAddress).toEqual(at('8.8.8.8:1'));
  // A provider's box may have both of us behind it, in different homes.
  expect(node.walkable.walkableAddresses()).toEqual(['192.168.1.5:5', '8.8.8.8:5'].map(at));
  walk({ wan: at('8.8.8.8:6') });
  walk({ lan: at('10.0.0.7:7'), wan: at('9.9.9.9:7') });
  expect(node.walkable.walkableAddresses()).toEqual(
    ['192.168.1.5:5', '8.8.8.8:5', '8.8.8.8:6', '192.168.1.1:6', '10.0.0.7:7', '9.9.9.9:7'].map(at),
  );
  node.receive(punctureRequest('8.8.8.8:44', at('192.168.1.44:4')), '2.2.2.2:2');
  expect(bench.take()[0]?.to).toEqual(at('192.168.1.44:4'));
});

test('introduced addresses that are nobody, ourselves, or on our own machine are not kept', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const places = ['0.0.0.0:4', '4.4.4.4:0', '239.1.1.1:4', '255.255.255.255:1', '127.0.0.1:53'];
  for (const place of [...places, '1.1.1.1:1']) {
    node.walkable.walkTo(at('2.2.2.2:2'));
    const { identifier } = read(IntroductionRequest, bench.take()[0]);
    const response = responseOf({ identifier, seenAt: at('0.0.0.0:0'), wan: at(place) });
    node.receive(datagramOf(IntroductionResponse, response, { key: newKey() }), '2.2.2.2:2');
  }
  expect(node.counters.handled).toBe(6);
  expect(node.walkable.walkableAddresses()).toEqual([]);
});

test('nothing is asked at an address that cannot answer', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  for (const place of ['0.0.0.0:4', '4.4.4.4:0', '239.1.1.1:4', '1.1.1.1:1']) {
    node.walkable.walkTo(at(place));
  }
  node.walkable.walkTo({ kind: 'ipv6', host: '::1', port: 4 });
  node.walkable.walkTo({ kind: 'domain', host: 'example.org', port: 4 });
  expect(bench.take()).toEqual([]);
});

test('a bootstrap address is asked now and then although there are peers', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { bootstrapHosts: () => [at('5.5.5.5:5')] });
  const request = datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() });
  node.receive(request, '2.2.2.2:2');
  bench.take();
  for (let step = 0; step < 2_000; step++) node.walkable.requestIntroduction();
  const kept = bench.take().filter(({ to }) => to.port === 5).length;
  expect(kept).toBeGreaterThan(60);
  expect(kept).toBeLessThan(150);
});

test('requests of ours that nobody answers are forgotten at their cap', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const count = OUTSTANDING_REQUESTS_MAX * 10;
  for (let step = 0; step < count; step++) node.walkable.walkTo(at('2.2.2.2:2'));
  const all = bench.take().map((sent) => read(IntroductionRequest, sent).identifier);
  expect(all).toHaveLength(count);
  // One that was forgotten may be drawn again; none that waits is.
  for (let first = 0; first + OUTSTANDING_REQUESTS_MAX <= count; first++) {
    const waiting = all.slice(first, first + OUTSTANDING_REQUESTS_MAX);
    expect(new Set(waiting).size).toBe(OUTSTANDING_REQUESTS_MAX);
  }
  const answer = (identifier: number | undefined) =>
    node.receive(
      datagramOf(
        IntroductionResponse,
        responseOf({ identifier: identifier ?? 0, seenAt: node.address }),
        { key: newKey() },
      ),
      '2.2.2.2:2',
    );
  answer(all[0]);
  expect(node.counters.unsolicited).toBe(1);
  answer(all.at(-1));
  expect(node.counters.handled).toBe(1);
});

test('ten times as many newcomers as are remembered are all answered, and forgotten', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { peersMax: -1, crypto: hollowCrypto });
  const count = LAN_ADDRESSES_MAX * 10;
  for (let step = 0; step < count; step++) {
    const request = requestTo(node.address, at('10.0.0.1:1'));
    const key = hollowKey(step);
    const from = `2.2.${step >> 8}.${step & 255}:2`;
    const datagram = datagramOf(IntroductionRequest, request, { key, crypto: hollowCrypto });
    node.receive(datagram, from);
    expect(ids(bench.take())).toContain(245);
  }
  expect(node.counters.handled).toBe(count);
  expect(node.overlay.peers().length).toBeLessThanOrEqual(1_000);
});

test('every answer to a stranger stays under three bytes for each that came in', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  for (let step = 0; step < 25; step++) {
    const datagram = datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() });
    const from = `2.2.2.2:${step + 1}`;
    node.receive(datagram, from);
    const out = bench.take().filter(({ to }) => to.port === step + 1 && to.host === '2.2.2.2');
    const bytesOut = out.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(bytesOut).toBeLessThanOrEqual(3 * datagram.length);
  }
});

test('the service of a peer is the community it spoke in', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const request = datagramOf(IntroductionRequest, requestTo(node.address), { key: newKey() });
  node.receive(request, '2.2.2.2:2');
  expect(node.network.peers(COMMUNITY_ID).length).toBe(1);
  expect(node.network.peers('00'.repeat(20)).length).toBe(0);
});
