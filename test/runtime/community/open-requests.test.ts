/** The table of questions that wait: whatever happens, its books are right. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dhtProtocol, PingResponse } from '../../../generated/dht.ts';
import { NetworkError } from '../../../runtime/base/network-error.ts';
import { fail, ok } from '../../../runtime/base/result.ts';
import { OpenRequests } from '../../../runtime/community/open-requests.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { RequestId, RequestType } from '../../../runtime/protocol/requests.ts';
import { createSeededRandom, createWorld } from '../../../runtime/simulation/index.ts';
import { at, newKey } from './bench.ts';

const PLACES = ['1.1.1.1:1', '2.2.2.2:2', '3.3.3.3:3'] as const;
/** Where whoever is at the last of them is too. */
const OTHER_PLACE = '[2001:db8::3]:3';
const PEERS = [newKey(), newKey()].map(({ publicKey }) => createPeer(publicKey));
const TYPE = { ...dhtProtocol.requests.pingRequest, ids: { min: 0, max: 15 } } as const;

/** A table on a clock that the test moves, and what became of its questions. */
function createTable(seed = 1) {
  const world = createWorld({ seed });
  const { clock } = world.env('9.9.9.9');
  let failing = false;
  const outcomes: string[] = [];
  const ids: RequestId[] = [];
  const requests = new OpenRequests({
    clock,
    random: createSeededRandom(seed, 'requests'),
    transmit: () => (failing ? fail(new NetworkError('refused', 'no')) : ok(undefined)),
    placesOf: (from) => (from.kind === 'ipv6' ? [from, at(PLACES[2])] : [from]),
    onAnswer: () => {},
  });
  const ask = (place: string, peer?: number, type: RequestType = TYPE): void => {
    const asking = requests.ask({
      type,
      address: at(place),
      peer: peer === undefined ? undefined : PEERS[peer],
      timeoutMs: 100,
      retries: 1,
      seal(id) {
        ids.push(id);
        return ok(new Uint8Array(0));
      },
    });
    void asking.then((one) => outcomes.push(one.ok ? 'answered' : one.error.code));
  };
  const answer = (identifier: number, place: string, peer: number) =>
    requests.settle([TYPE], new PingResponse({ identifier }), {
      from: at(place),
      packet: 0,
      peer: PEERS[peer],
      globalTime: undefined,
      bytes: 100,
    });
  const refuse = (isOn: boolean): void => void (failing = isOn);
  return { world, requests, outcomes, ids, ask, answer, refuse };
}

const place = fc.constantFrom(...PLACES);
const peer = fc.nat({ max: 1 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('ask' as const),
    place,
    peer: fc.option(peer, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('answer' as const), id: fc.nat({ max: 15 }), place, peer }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 150 }) }),
  fc.record({ kind: fc.constant('refuse' as const), isOn: fc.boolean() }),
);

test('every question is settled once, and what waits is what was not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(), async (steps, seed) => {
      const table = createTable(seed);
      let asked = 0;
      for (const one of steps) {
        if (one.kind === 'ask') table.ask(one.place, one.peer);
        if (one.kind === 'ask') asked += 1;
        if (one.kind === 'answer') table.answer(one.id, one.place, one.peer);
        if (one.kind === 'refuse') table.refuse(one.isOn);
        await table.world.run({ forMs: one.kind === 'pass' ? one.ms : 0 });
        expect(table.requests.size + table.outcomes.length).toBe(asked);
        expect(table.requests.size).toBeLessThanOrEqual(8);
      }
      const answered = table.outcomes.filter((outcome) => outcome === 'answered').length;
      table.requests.close();
      await table.world.run({ forMs: 1_000 });
      expect(table.requests.size).toBe(0);
      expect(table.outcomes).toHaveLength(asked);
      expect(table.outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(answered);
      for (const each of PLACES) {
        expect(table.requests.isExpected(TYPE.answer, at(each))).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});

test('an answer is expected where a question waits, as long as it does', async () => {
  const { ask, ids, requests, answer, world } = createTable();
  const [first, second] = PLACES;
  const isExpected = (each: string) => requests.isExpected(TYPE.answer, at(each));
  ask(first, 0);
  ask(first);
  await world.run({ forMs: 0 });
  expect([isExpected(first), isExpected(second)]).toEqual([true, false]);
  expect(requests.isExpected(dhtProtocol.requests.findRequest.answer, at(first))).toBe(false);
  expect(answer(Number(ids[0]), first, 1)?.reason).toBe('wrong-sender');
  expect(answer(Number(ids[0]), first, 0)).toBeUndefined();
  expect(isExpected(first)).toBe(true);
  // Whom we do not know by key may have any.
  expect(answer(Number(ids[1]), first, 1)).toBeUndefined();
  expect(isExpected(first)).toBe(false);
});

test('a resent question that cannot leave is given up', async () => {
  const { ask, outcomes, refuse, requests, world } = createTable();
  ask('1.1.1.1:1');
  await world.run({ forMs: 50 });
  refuse(true);
  ask('1.1.1.1:1');
  await world.run({ forMs: 0 });
  expect(outcomes).toEqual(['refused']);
  await world.run({ forMs: 50 });
  expect(outcomes).toEqual(['refused', 'refused']);
  expect(requests.size).toBe(0);
});

test.each([
  { min: -5, max: 5 },
  { min: 0, max: 2 ** 32 - 1 },
  { min: -(2n ** 63n), max: 2n ** 63n - 1n },
  { min: 0n, max: 2n ** 64n - 1n },
  { min: 7n, max: 9n },
])('numbers from $min to $max are all that are drawn', async (ids) => {
  const table = createTable();
  const count = Number(ids.max) - Number(ids.min) > 1_000 ? 500 : 2;
  for (let number = 0; number < count; number++) table.ask('1.1.1.1:1', 0, { ...TYPE, ids });
  await table.world.run({ forMs: 0 });
  expect(table.ids).toHaveLength(count);
  expect(new Set(table.ids).size).toBe(count);
  for (const id of table.ids) {
    expect(typeof id).toBe(typeof ids.min);
    expect(id >= ids.min && id <= ids.max).toBe(true);
  }
  // Of many, half are in the upper half.
  if (count < 500) return;
  const middle = (Number(ids.min) + Number(ids.max)) / 2;
  const upper = table.ids.filter((id) => Number(id) > middle).length;
  expect(Math.abs(upper - count / 2)).toBeLessThan(60);
});

test('a peer of both families may answer by the one that was not asked', async () => {
  const table = createTable();
  table.ask(PLACES[2]);
  table.ask(PLACES[0]);
  const [third, first] = table.ids.map(Number);
  expect(table.requests.isExpected(TYPE.answer, at(OTHER_PLACE))).toBe(true);
  expect(table.answer(first ?? -1, OTHER_PLACE, 0)?.reason).toBe('wrong-sender');
  expect(table.answer(third ?? -1, OTHER_PLACE, 0)).toBeUndefined();
  await table.world.run({ forMs: 0 });
  expect(table.outcomes).toEqual(['answered']);
});

test('whoever guesses numbers hits as often as chance says from the right address, and never from another', async () => {
  const type = { ...TYPE, ids: { min: 0, max: 65_535 } };
  const questions = 256;
  const guesses = 16_384;
  for (const seed of [1, 2, 3]) {
    const table = createTable(seed);
    for (let number = 0; number < questions; number++) table.ask('1.1.1.1:1', 0, type);
    await table.world.run({ forMs: 0 });
    const guess = createSeededRandom(seed, 'guesser');
    let hits = 0;
    for (let count = 0; count < guesses; count++) {
      const number = guess.below(65_536);
      // With the right key everywhere: its public half is no secret, and unsigned answers have none.
      expect(table.answer(number, '2.2.2.2:2', 0)).toBeDefined();
      if (table.answer(number, '1.1.1.1:1', 0) === undefined) hits += 1;
    }
    // Each guess hits one of those that wait: 64 at most are expected here, and half as many more are rare.
    expect(hits).toBeLessThan(((questions * guesses) / 65_536) * 1.5);
    expect(table.requests.size).toBe(questions - hits);
  }
});
