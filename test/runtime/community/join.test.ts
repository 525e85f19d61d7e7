import { expect, test } from 'vitest';
import { PunctureRequest } from '../../../generated/introduction.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { EncodeError } from '../../../runtime/codec/codec-error.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import {
  BUDGET_MAX,
  HANDLERS_RUNNING_MAX,
  STRANGERS_HANDLERS_MAX,
} from '../../../runtime/community/limits.ts';
import type { Behaviour, Community, Overlay } from '../../../runtime/community/overlay.ts';
import { createPrefix, PREFIX_BYTES } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { Destination } from '../../../runtime/protocol/handlers.ts';
import type { Result } from '../../../runtime/base/result.ts';
import type { NetworkError } from '../../../runtime/base/network-error.ts';
import {
  at,
  COMMUNITY_ID,
  createBench,
  crypto,
  datagramOf,
  hollowCrypto,
  hollowKey,
  newKey,
  silent,
} from './bench.ts';
import { Note, notesProtocol, type NotesHandlers, Stamp, Tick } from './notes.ts';

type NotesBehaviour = Behaviour<typeof notesProtocol>;

/** The notes community with some handlers; the others do nothing. */
function notes(
  handlers: Partial<NotesHandlers>,
  hooks: Pick<NotesBehaviour, 'started' | 'stopped'> = {},
): Community<typeof notesProtocol> {
  const nothing = { note() {}, tick() {}, stamp() {} };
  return {
    protocol: notesProtocol,
    create: () => ({ handlers: { ...nothing, ...handlers }, ...hooks }),
  };
}

const noteFrom = (key: ReturnType<typeof newKey>, text = 'hello') =>
  datagramOf(Note, new Note({ text }), { key });

const codeOf = (result: Result<undefined, NetworkError>) =>
  result.ok ? 'sent' : result.error.code;

/** Lets promises that are settled run their callbacks. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('handlers hear the message and what is known of it', () => {
  const bench = createBench();
  const heard: unknown[] = [];
  const community = notes({
    note: ({ text }, { peer, from }) => void heard.push([text, peer.id, from]),
    tick: ({ count }, context) => void heard.push([count, context.globalTime, context]),
    stamp: (_message, { peer, globalTime }) => void heard.push([peer.id, globalTime]),
  });
  const node = bench.node('1.1.1.1:1', { community });
  const key = newKey();
  const { id } = createPeer(key.publicKey);
  node.receive(noteFrom(key), '2.2.2.2:2');
  node.receive(datagramOf(Tick, new Tick({ count: 9 }), { key, globalTime: 5n }), '3.3.3.3:3');
  node.receive(datagramOf(Stamp, new Stamp(), { key, globalTime: 6n }), '2.2.2.2:2');
  expect(heard).toEqual([
    ['hello', id, at('2.2.2.2:2')],
    [9, 5n, { from: at('3.3.3.3:3'), packet: 0, globalTime: 5n, peer: undefined, bytes: 32 }],
    [id, 6n],
  ]);
  expect(node.counters.handled).toBe(3);
});

test('a signed message makes its sender no peer: only introductions do', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  node.receive(noteFrom(newKey()), '2.2.2.2:2');
  expect(node.overlay.peers()).toEqual([]);
});

test('a peer’s message from elsewhere is a reason to ask there, three times a second at most', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  const key = newKey();
  const peer = createPeer(key.publicKey);
  node.network.addVerifiedPeer(peer, at('2.2.2.2:2'), COMMUNITY_ID);
  const recorded = noteFrom(key);
  node.receive(recorded, '2.2.2.2:2');
  node.receive(noteFrom(newKey()), '66.66.66.66:1');
  expect(bench.take()).toEqual([]);
  for (let port = 1; port <= BUDGET_MAX * 10; port++) node.receive(recorded, `66.66.66.66:${port}`);
  const asked = bench.take().map(({ to }) => to);
  expect(asked).toEqual([1, 2, 3].map((port) => at(`66.66.66.66:${port}`)));
  expect(node.overlay.addressOf(peer)).toEqual(at('2.2.2.2:2'));
  expect(node.overlay.peers()).toEqual([peer]);
});

test('a handler that throws or rejects is counted, and the overlay runs on', async () => {
  const bench = createBench();
  let heard = 0;
  const community = notes({
    note({ text }) {
      heard += 1;
      if (text === 'throw') throw new Error('thrown');
      return text === 'reject' ? Promise.reject(new Error('rejected')) : undefined;
    },
  });
  const node = bench.node('1.1.1.1:1', { community });
  const key = newKey();
  for (const text of ['throw', 'reject', 'hello']) node.receive(noteFrom(key, text), '2.2.2.2:2');
  await settle();
  expect(heard).toBe(3);
  expect(node.counters).toMatchObject({ handled: 1, 'handler-failed': 2 });
  expect(node.total()).toBe(3);
  expect(node.failures.map(({ error, where }) => [String(error), where])).toEqual([
    ['Error: thrown', { overlay: '1.1.1.1:1', message: 'Note' }],
    ['Error: rejected', { overlay: '1.1.1.1:1', message: 'Note' }],
  ]);
});

test('a handler may throw or give back anything without stopping the overlay', async () => {
  const bench = createBench();
  const throwing = () => {
    throw new Error('thrown on the way');
  };
  const oddities: (() => unknown)[] = [
    () => {
      throw Object.create(null);
    },
    () => Promise.reject(Object.create(null)),
    () => new Proxy({}, { has: () => true, get: throwing }),
    () => new Proxy({}, { getPrototypeOf: throwing }),
  ];
  // What the types do not allow a handler may do all the same.
  const note = (({ text }) => oddities[Number(text)]?.()) as NotesHandlers['note'];
  const node = bench.node('1.1.1.1:1', { community: notes({ note }) });
  for (const index of oddities.keys()) {
    bench.clock.advance(1_000);
    node.receive(noteFrom(newKey(), String(index)), '2.2.2.2:2');
    await settle();
  }
  expect(node.counters).toMatchObject({ handled: 0, 'handler-failed': oddities.length });
  expect(node.log.filter(({ text }) => text === 'handler failed').length).toBe(oddities.length);
});

test('failing handlers are logged once a second, however many fail', () => {
  const bench = createBench();
  const community = notes({
    note() {
      throw new Error('always');
    },
  });
  const node = bench.node('1.1.1.1:1', { community });
  const datagram = noteFrom(newKey());
  const logged = () => node.log.filter(({ text }) => text === 'handler failed');
  for (let count = 0; count < 100; count++) node.receive(datagram, '2.2.2.2:2');
  expect(logged().length).toBe(1);
  bench.clock.advance(1_000);
  node.receive(datagram, '2.2.2.2:2');
  expect(logged().map(({ fields }) => fields?.['unlogged'])).toEqual([0, 99]);
  expect(node.counters['handler-failed']).toBe(101);
});

test('handlers that never end are bounded, and free their places when they do', async () => {
  const bench = createBench();
  const endings: (() => void)[] = [];
  const community = notes({
    note: () =>
      new Promise<void>((resolve) => {
        endings.push(resolve);
      }),
  });
  const node = bench.node('1.1.1.1:1', { community, crypto: hollowCrypto });
  // Ten times as many by one key, then by as many keys from one address, then from all over.
  const datagram = noteFrom(hollowKey(0));
  for (let count = 0; count < HANDLERS_RUNNING_MAX * 10; count++) {
    node.receive(datagram, '2.2.2.2:2');
  }
  expect(node.counters.handling).toBe(STRANGERS_HANDLERS_MAX / 5);
  expect(node.counters.busy).toBe(HANDLERS_RUNNING_MAX * 10 - STRANGERS_HANDLERS_MAX / 5);
  for (let count = 1; count < HANDLERS_RUNNING_MAX * 10; count++) {
    node.receive(noteFrom(hollowKey(count)), '2.2.2.2:2');
  }
  expect(node.counters.handling).toBe(STRANGERS_HANDLERS_MAX / 5);
  for (let count = 0; count < HANDLERS_RUNNING_MAX * 10; count++) {
    node.receive(datagram, `66.${count >> 8}.${count & 255}.1:1`);
  }
  expect(node.counters.handling).toBe(STRANGERS_HANDLERS_MAX);
  node.network.answeredAt(at('4.4.4.4:4'));
  node.receive(noteFrom(hollowKey(1)), '4.4.4.4:4');
  expect(node.counters.handling).toBe(STRANGERS_HANDLERS_MAX + 1);
  const request = new PunctureRequest({
    lanWalkerAddress: NO_ADDRESS,
    wanWalkerAddress: NO_ADDRESS,
    identifier: 1,
  });
  node.receive(
    datagramOf(PunctureRequest, request, { key: newKey(), globalTime: 1n }),
    '3.3.3.3:3',
  );
  expect(node.counters.stranger).toBe(1);
  for (const end of endings.splice(0)) end();
  await settle();
  node.receive(datagram, '2.2.2.2:2');
  expect(node.counters).toMatchObject({ handled: STRANGERS_HANDLERS_MAX + 1, handling: 1 });
  for (const end of endings) end();
});

test('every datagram has exactly one outcome', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  const key = newKey();
  const good = noteFrom(key);
  const prefix = createPrefix(2, COMMUNITY_ID);
  const withId = (id: number) => new Uint8Array([...prefix, id]);
  const changed = good.slice();
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const badKey = good.slice();
  badKey[30] = (badKey[30] ?? 0) ^ 1;
  const cases = [good, withId(9), withId(255), withId(1), withId(2), changed, badKey];
  const own = noteFrom(node.identity);
  const longTick = datagramOf(Tick, new Tick({ count: 1 }), { key });
  const trailing = new Uint8Array([...longTick, 0]);
  for (const datagram of [...cases, own, longTick, trailing]) node.receive(datagram, '2.2.2.2:2');
  expect(node.counters).toMatchObject({
    handled: 2,
    'unknown-message': 1,
    'deprecated-message': 1,
    'too-short': 2,
    'bad-signature': 1,
    'bad-key': 1,
    'own-key': 1,
    decode: 1,
  });
  expect(node.total()).toBe(10);
  expect(node.demultiplexer.counters.delivered).toBe(10);
  // What has no message id never reaches an overlay.
  node.receive(prefix, '2.2.2.2:2');
  expect(node.total()).toBe(10);
  expect(node.demultiplexer.counters['too-short']).toBe(1);
});

test('the largest datagram UDP carries is handled like any other', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  const key = newKey();
  const length = 65_507 - noteFrom(key, '').length;
  node.receive(noteFrom(key, 'x'.repeat(length)), '2.2.2.2:2');
  const junk = new Uint8Array(65_507);
  junk.set(createPrefix(2, COMMUNITY_ID));
  junk[PREFIX_BYTES] = 1;
  node.receive(junk, '2.2.2.2:2');
  expect(node.counters).toMatchObject({ handled: 1, 'bad-key': 1 });
});

test('messages go to peers and addresses, sealed with our key', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  const { overlay, network } = node;
  const key = newKey();
  const peer = createPeer(key.publicKey);
  const send = (to: Destination) => codeOf(overlay.send(to, Note, new Note({ text: 'hi' })));
  expect(send(peer)).toBe('no-address');
  network.addVerifiedPeer(peer, at('2.2.2.2:2'), COMMUNITY_ID);
  expect(overlay.peers()).toEqual([peer]);
  expect(send(peer)).toBe('sent');
  expect(send(at('3.3.3.3:3'))).toBe('sent');
  const sent = bench.take();
  expect(sent.map(({ to }) => to)).toEqual([at('2.2.2.2:2'), at('3.3.3.3:3')]);
  const opened = open(sent[0]?.bytes ?? new Uint8Array(0), Note, { crypto });
  expect(opened.ok && opened.value.message).toEqual(new Note({ text: 'hi' }));
  expect(opened.ok && opened.value.peer?.id).toBe(overlay.myPeer.id);
});

test('timed messages carry the overlay’s clock, or the time given', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: notes({}) });
  const { overlay } = node;
  const to = at('2.2.2.2:2');
  const tick = new Tick({ count: 1 });
  overlay.send(to, Tick, tick);
  overlay.send(to, Note, new Note({ text: 'no time' }));
  node.receive(datagramOf(Stamp, new Stamp(), { key: newKey(), globalTime: 41n }), '2.2.2.2:2');
  // Anybody can send an unsigned one.
  node.receive(datagramOf(Tick, tick, { key: newKey(), globalTime: 1_000n }), '2.2.2.2:2');
  overlay.send(to, Tick, tick);
  overlay.send(to, Tick, tick, { globalTime: 7n });
  const times = bench
    .take()
    .map(({ bytes }) => open(bytes, Tick, { crypto }))
    .map((opened) => (opened.ok ? opened.value.globalTime : undefined));
  expect(times).toEqual([1n, undefined, 42n, 7n]);
});

test('what does not fit is refused: a datagram as an error, a field by throwing', () => {
  const bench = createBench();
  const { overlay } = bench.node('1.1.1.1:1', { community: notes({}) });
  const to = at('2.2.2.2:2');
  const large = new Note({ text: 'x'.repeat(65_500) });
  expect(codeOf(overlay.send(to, Note, large))).toBe('too-large');
  expect(() => overlay.send(to, Tick, new Tick({ count: 256 }))).toThrow(EncodeError);
  expect(bench.take()).toEqual([]);
});

test('leaving ends receiving, lets the community say goodbye, then ends sending', async () => {
  const bench = createBench();
  const heard: string[] = [];
  const hooks = {
    started: () => void heard.push('started'),
    stopped() {
      heard.push('stopped');
      heard.push(codeOf(overlay.send(at('2.2.2.2:2'), Note, new Note({ text: 'bye' }))));
    },
  };
  const community = notes({ note: () => void heard.push('note') }, hooks);
  const node = bench.node('1.1.1.1:1', { community });
  const overlay: Overlay = node.overlay;
  await node.running.started();
  node.tasks.repeat('beat', { intervalMs: 10 }, () => void heard.push('beat'));
  const leaving = node.running.leave();
  expect(node.running.leave()).toBe(leaving);
  await leaving;
  node.receive(noteFrom(newKey()), '2.2.2.2:2');
  bench.clock.advance(1_000);
  expect(heard).toEqual(['started', 'stopped', 'sent']);
  expect(node.tasks.isStopped).toBe(true);
  expect(codeOf(overlay.send(at('2.2.2.2:2'), Note, new Note({ text: '' })))).toBe('closed');
  expect(node.demultiplexer.counters['unknown-prefix']).toBe(1);
});

test('hooks that fail are reported and stop nothing', async () => {
  const bench = createBench();
  const hooks = {
    started() {
      throw new Error('no start');
    },
    stopped: () => Promise.reject(new Error('no stop')),
  };
  const node = bench.node('1.1.1.1:1', { community: notes({}, hooks) });
  await node.running.started();
  await node.running.leave();
  expect(node.failures.map(({ where }) => where.message)).toEqual(['started', 'stopped']);
  expect(node.tasks.isStopped).toBe(true);
});

test('a dynamic protocol takes its id from the caller; another one keeps its own', () => {
  const bench = createBench();
  const dynamic: AnyCommunity = {
    protocol: { name: 'Dynamic', communityId: undefined, version: 2, messages: {} },
    create: () => ({ handlers: {} }),
  };
  const communityId = 'AB'.repeat(20);
  const node = bench.node('1.1.1.1:1', { community: dynamic, communityId });
  expect(node.overlay.communityId).toBe('ab'.repeat(20));
  expect(() => bench.node('1.1.1.1:2', { community: dynamic })).toThrow('needs a community id');
  expect(() => bench.node('1.1.1.1:3', { community: silent, communityId })).toThrow(
    'another community id',
  );
  expect(() => bench.node('1.1.1.1:4', { community: dynamic, communityId: 'ab' })).toThrow(
    '40 lower-case hex digits',
  );
});

test('settings reach the community, and a missing handler is found at the start', () => {
  const bench = createBench();
  const seen: unknown[] = [];
  const community: AnyCommunity = {
    protocol: silent.protocol,
    create(overlay, settings) {
      seen.push(overlay.name, settings);
      return { handlers: {} };
    },
  };
  bench.node('1.1.1.1:1', { community, settings: { rate: 3 } });
  expect(seen).toEqual(['1.1.1.1:1', { rate: 3 }]);
  const forgetful = { protocol: notesProtocol, create: () => ({ handlers: {} }) };
  expect(() => bench.node('1.1.1.1:2', { community: forgetful })).toThrow(
    'add "note" to the handlers',
  );
});

test('where we are bound is our address until others say better, but no wildcard is', () => {
  const bench = createBench();
  const wildcard = bench.node('1.1.1.1:1', { bound: at('0.0.0.0:8090') });
  expect(wildcard.overlay.myAddress).toBeUndefined();
  expect(bench.node('1.1.1.1:2').overlay.myAddress).toEqual(at('1.1.1.1:2'));
});
