/** Questions and answers: what counts as an answer, and what becomes of all else. */
import { expect, test } from 'vitest';
import {
  dhtProtocol,
  type DhtHandlers,
  FindRequest,
  FindResponse,
  PingRequest,
  PingResponse,
  requestFind,
  requestPing,
  StoreResponse,
} from '../../../generated/dht.ts';
import { IntroductionRequest } from '../../../generated/introduction.ts';
import { EncodeError } from '../../../runtime/codec/codec-error.ts';
import { OPEN_REQUESTS_MAX } from '../../../runtime/community/limits.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import { open } from '../../../runtime/packet/open.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { at, createBench, crypto, hollowCrypto, newKey } from './bench.ts';

const TOKEN = new Uint8Array(20).fill(7);
const FOUND = { token: TOKEN, values: [], nodes: [] };
const QUESTION = { lanAddress: at('10.0.0.1:1'), target: TOKEN, offset: 0, forceNodes: false };

/** A DHT of some handlers; the others give no answer. */
function dht(handlers: Partial<DhtHandlers> = {}): Community<typeof dhtProtocol> {
  const silent: DhtHandlers = {
    pingRequest: () => undefined,
    storeRequest: () => undefined,
    findRequest: () => undefined,
  };
  return { protocol: dhtProtocol, create: () => ({ handlers: { ...silent, ...handlers } }) };
}

function createPair(handlers: Partial<DhtHandlers> = {}) {
  const bench = createBench();
  const asker = bench.node('1.1.1.1:1', { community: dht() });
  const answerer = bench.node('2.2.2.2:2', { community: dht(handlers) });
  return { bench, asker, answerer };
}

/** Lets promises that are settled run their callbacks. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** What a promise gave so far. */
function watch<T>(promise: Promise<T>): { value: T | undefined } {
  const seen: { value: T | undefined } = { value: undefined };
  void promise.then((value) => (seen.value = value));
  return seen;
}

function codeOf(result: Awaited<ReturnType<typeof requestPing>> | undefined) {
  if (result === undefined) return 'waits';
  return result.ok ? 'answered' : result.error.code;
}

function read<T>(type: MessageType<T>, bytes: Uint8Array | undefined): T {
  const opened = open(bytes ?? new Uint8Array(0), type, { crypto });
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value.message as T;
}

test('the answer settles the promise, with its sender, and has no handler', async () => {
  const asked: unknown[] = [];
  const { bench, asker, answerer } = createPair({
    findRequest({ target, identifier }, { peer, from }) {
      asked.push([target, peer.id, from]);
      // A number of the handler's own is not sent: the question's is.
      return { ...FOUND, identifier: identifier + 1 };
    },
  });
  const asking = requestFind(asker.overlay, answerer.address, QUESTION);
  bench.run();
  await settle();
  const result = await asking;
  if (!result.ok) throw result.error;
  expect(result.value).toBeInstanceOf(FindResponse);
  expect(result.value.token).toEqual(TOKEN);
  expect(result.context.peer.id).toBe(answerer.peer.id);
  expect(result.context.from).toEqual(answerer.address);
  expect(asked).toEqual([[TOKEN, asker.peer.id, asker.address]]);
  expect(Object.keys(dhtProtocol.messages)).toEqual(['pingRequest', 'storeRequest', 'findRequest']);
  expect([asker.counters.handled, answerer.counters.handled]).toEqual([1, 1]);
});

test('a promise of an answer is an answer; one that is rejected, or does not fit, is a failure', async () => {
  let turn = 0;
  const { bench, asker, answerer } = createPair({
    async pingRequest() {
      turn += 1;
      if (turn === 2) throw new Error('no');
      return {};
    },
    findRequest: () => ({ ...FOUND, token: new Uint8Array(19) }),
  });
  const ping = async () => {
    const seen = watch(requestPing(asker.overlay, answerer.address));
    await settle();
    bench.run();
    await settle();
    bench.run();
    await settle();
    return codeOf(seen.value);
  };
  expect(await ping()).toBe('answered');
  expect(await ping()).toBe('waits');
  void requestFind(asker.overlay, answerer.address, QUESTION);
  await settle();
  bench.run();
  expect(answerer.counters['handler-failed']).toBe(2);
  expect(answerer.failures[1]?.error).toBeInstanceOf(EncodeError);
});

test('no answer: the same bytes go out again, then it is a timeout', async () => {
  const { bench, asker } = createPair();
  const seen = watch(requestFind(asker.overlay, at('2.2.2.2:2'), QUESTION));
  await settle();
  const [first] = bench.take();
  bench.clock.advance(1_999);
  expect(bench.take()).toEqual([]);
  bench.clock.advance(1);
  expect(bench.take()).toEqual([first]);
  bench.clock.advance(1_999);
  await settle();
  expect(seen.value).toBeUndefined();
  bench.clock.advance(1);
  await settle();
  expect(seen.value).toMatchObject({ ok: false, error: { code: 'timeout' } });
  bench.clock.advance(60_000);
  expect(bench.take()).toEqual([]);
});

test('the caller may wait otherwise than the schema says', async () => {
  const { bench, asker } = createPair();
  const options = { timeoutMs: 10, retries: 3 };
  const seen = watch(requestPing(asker.overlay, at('2.2.2.2:2'), options));
  for (let time = 0; time < 4; time++) {
    await settle();
    expect(codeOf(seen.value)).toBe('waits');
    bench.clock.advance(10);
  }
  await settle();
  expect(codeOf(seen.value)).toBe('timeout');
  expect(bench.take()).toHaveLength(4);
  const wrong = [{ timeoutMs: 0 }, { timeoutMs: Number.NaN }, { retries: -1 }, { retries: 0.5 }];
  for (const each of wrong) {
    await expect(requestPing(asker.overlay, at('2.2.2.2:2'), each)).rejects.toThrow('ping');
  }
});

test('numbers are drawn, never counted', async () => {
  const { bench, asker } = createPair();
  for (let count = 0; count < 200; count++) void requestPing(asker.overlay, at('2.2.2.2:2'));
  await settle();
  const ids = bench.take().map(({ bytes }) => read(PingRequest, bytes).identifier);
  expect(new Set(ids).size).toBe(200);
  const steps = new Set(ids.slice(1).map((id, index) => id - (ids[index] ?? 0)));
  expect(steps.size).toBeGreaterThan(190);
});

test('an answer counts from the address and by the key that were asked, and in its own type', async () => {
  const bench = createBench();
  const { node } = bench;
  const asker = node('1.1.1.1:1', { community: dht() });
  const asked = node('2.2.2.2:2', { community: dht() });
  const elsewhere = node('3.3.3.3:3', { community: dht(), key: asked.identity });
  const stranger = node('2.2.2.2:2', { community: dht() });
  asker.network.addVerifiedPeer(asked.peer, asked.address, asker.overlay.communityId);
  const seen = watch(requestPing(asker.overlay, asked.peer));
  // Another one waits at the stranger's place, so that what comes from there is looked at.
  void requestPing(asker.overlay, elsewhere.address);
  await settle();
  const [question] = bench.take();
  const { identifier } = read(PingRequest, question?.bytes);
  const wrong = { identifier: (identifier + 1) % 2 ** 32 };
  const answers = [
    [elsewhere, PingResponse, { identifier }, 'wrong-sender'],
    [stranger, PingResponse, { identifier }, 'wrong-sender'],
    [asked, PingResponse, wrong, 'unsolicited'],
    [asked, StoreResponse, { identifier }, 'unsolicited'],
  ] as const;
  for (const [from, type, fields, outcome] of answers) {
    const before = asker.counters[outcome];
    from.overlay.send(asker.address, type, new type(fields));
    bench.run();
    await settle();
    expect(asker.counters[outcome]).toBe(before + 1);
    expect(codeOf(seen.value)).toBe('waits');
  }
  // The right one, and then the same again.
  for (let time = 0; time < 2; time++) {
    asked.overlay.send(asker.address, PingResponse, new PingResponse({ identifier }));
    bench.run();
    await settle();
    expect(codeOf(seen.value)).toBe('answered');
  }
  expect(asker.counters).toMatchObject({ handled: 1, unsolicited: 3, 'wrong-sender': 2 });
  expect(asker.total()).toBe(6);
});

test('an answer that comes after its time is dropped', async () => {
  const { bench, asker, answerer } = createPair();
  const seen = watch(requestPing(asker.overlay, answerer.address));
  await settle();
  const { identifier } = read(PingRequest, bench.take()[0]?.bytes);
  bench.clock.advance(5_000);
  await settle();
  expect(codeOf(seen.value)).toBe('timeout');
  answerer.overlay.send(asker.address, PingResponse, new PingResponse({ identifier }));
  bench.run();
  expect(asker.counters).toMatchObject({ unsolicited: 1, handled: 0 });
});

test('answers that nobody waits for cost no signature check', async () => {
  let verified = 0;
  const counting: Crypto = { ...hollowCrypto, verify: () => (verified += 1) > 0 };
  const bench = createBench();
  const asker = bench.node('1.1.1.1:1', { community: dht(), crypto: counting });
  const other = bench.node('2.2.2.2:2', { community: dht() });
  for (let identifier = 0; identifier < 100; identifier++) {
    other.overlay.send(asker.address, PingResponse, new PingResponse({ identifier }));
  }
  void requestPing(asker.overlay, at('3.3.3.3:3'));
  await settle();
  bench.run();
  expect(asker.counters.unsolicited).toBe(100);
  expect(verified).toBe(0);
});

test('ten times as many questions as may wait: the others are full, and none is given up', async () => {
  const bench = createBench();
  const asker = bench.node('1.1.1.1:1', { community: dht(), crypto: hollowCrypto });
  const answerer = bench.node('2.2.2.2:2', { community: dht(), crypto: hollowCrypto });
  const results: string[] = [];
  for (let count = 0; count < 10 * OPEN_REQUESTS_MAX; count++) {
    void requestPing(asker.overlay, answerer.address).then((one) => results.push(codeOf(one)));
  }
  await settle();
  expect(results).toEqual(Array.from({ length: 9 * OPEN_REQUESTS_MAX }, () => 'full'));
  const questions = bench.take();
  expect(questions).toHaveLength(OPEN_REQUESTS_MAX);
  bench.clock.advance(5_000);
  await settle();
  expect(results.slice(9 * OPEN_REQUESTS_MAX)).toEqual(questions.map(() => 'timeout'));
  const again = watch(requestPing(asker.overlay, answerer.address));
  await settle();
  expect(codeOf(again.value)).toBe('waits');
});

test('small numbers: half of them may wait at once', async () => {
  const { asker, bench } = createPair();
  const ask = (ids: { readonly min: number; readonly max: number }, count: number) => {
    const type = { ...dhtProtocol.requests.pingRequest, ids };
    return Array.from({ length: count }, () =>
      watch(asker.overlay.request(at('2.2.2.2:2'), type, {})),
    );
  };
  const seen = ask({ min: 100, max: 109 }, 6);
  await settle();
  expect(seen.map(({ value }) => codeOf(value))).toEqual([...Array(5).fill('waits'), 'full']);
  const ids = bench.take().map(({ bytes }) => read(PingRequest, bytes).identifier);
  expect(ids.every((id) => id >= 100 && id <= 109)).toBe(true);
  bench.clock.advance(5_000);
  const only = ask({ min: 3, max: 3 }, 2);
  await settle();
  expect(only.map(({ value }) => codeOf(value))).toEqual(['waits', 'full']);
});

test('leaving the overlay closes what waits, in front of the goodbye, and what is asked later', async () => {
  const bench = createBench();
  const heard: string[] = [];
  const community: Community<typeof dhtProtocol> = {
    protocol: dhtProtocol,
    create: (overlay, settings) => ({
      ...dht().create(overlay, settings),
      async stopped() {
        heard.push(codeOf(await requestPing(overlay, at('2.2.2.2:2'))));
      },
    }),
  };
  const asker = bench.node('1.1.1.1:1', { community });
  const seen = watch(requestPing(asker.overlay, at('2.2.2.2:2')));
  await settle();
  bench.take();
  await asker.running.leave();
  expect(codeOf(seen.value)).toBe('closed');
  expect(heard).toEqual(['closed']);
  expect(codeOf(await requestPing(asker.overlay, at('2.2.2.2:2')))).toBe('closed');
  bench.clock.advance(60_000);
  expect(bench.take()).toEqual([]);
});

test('what keeps a question from leaving is said at once, and nothing waits for it', async () => {
  const { bench, asker, answerer } = createPair();
  const ask = async (...args: Parameters<typeof requestPing>) => codeOf(await requestPing(...args));
  expect(await ask(asker.overlay, answerer.peer)).toBe('no-address');
  await asker.endpoint.close();
  expect(await ask(asker.overlay, answerer.address)).toBe('closed');
  const misfit = { ...QUESTION, target: new Uint8Array(3) };
  await expect(requestFind(asker.overlay, answerer.address, misfit)).rejects.toThrow(EncodeError);
  bench.clock.advance(60_000);
  expect(bench.take()).toEqual([]);
});

test('an answer of more than three times its question goes only where somebody answered us', async () => {
  const values = Array.from({ length: 5 }, () => new Uint8Array(170));
  const { bench, asker, answerer } = createPair({
    findRequest: async () => ({ ...FOUND, values }),
    pingRequest: () => ({}),
  });
  const find = async () => {
    const seen = watch(requestFind(asker.overlay, answerer.address, QUESTION));
    await settle();
    bench.run();
    await settle();
    return seen;
  };
  const first = await find();
  expect(answerer.counters).toMatchObject({ amplifying: 1, handled: 0 });
  // It asks back, and the answer to that proves the address; the question comes again by itself.
  const [, back] = bench.sent;
  expect(back?.to).toEqual(asker.address);
  expect(read(IntroductionRequest, back?.bytes).flags.advice).toBe(true);
  bench.run();
  bench.clock.advance(2_000);
  bench.run();
  await settle();
  bench.run();
  await settle();
  expect(first.value).toMatchObject({ ok: true, value: { values } });
  expect(answerer.counters.amplifying).toBe(1);
});

test('whoever forges a source makes us send there no more than three times what it sends', async () => {
  const values = Array.from({ length: 5 }, () => new Uint8Array(170));
  const { bench, answerer } = createPair({ findRequest: () => ({ ...FOUND, values }) });
  const forger = bench.node('6.6.6.6:6', { community: dht(), key: newKey() });
  forger.overlay.send(
    answerer.address,
    FindRequest,
    new FindRequest({ ...QUESTION, identifier: 1 }),
  );
  const [question] = bench.take();
  let sentBytes = 0;
  for (let count = 0; count < 100; count++) {
    answerer.receive(question?.bytes ?? new Uint8Array(0), '9.9.9.9:9');
    sentBytes += (question?.bytes ?? []).length;
  }
  const got = bench.take().filter(({ to }) => to.host === '9.9.9.9');
  expect(got.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(3 * sentBytes);
  expect(answerer.counters.amplifying).toBe(100);
});
