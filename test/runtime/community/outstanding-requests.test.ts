/** The identifiers of introduction requests: nobody who was not asked knows one. */
import { expect, test } from 'vitest';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  NewIntroductionRequest,
  NewIntroductionResponse,
} from '../../../generated/introduction.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { OUTSTANDING_REQUESTS_MAX, REQUEST_TIMEOUT_MS } from '../../../runtime/community/limits.ts';
import { OutstandingRequests } from '../../../runtime/community/outstanding-requests.ts';
import { open } from '../../../runtime/packet/open.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { createSeededRandom } from '../../../runtime/simulation/index.ts';
import type { Random } from '../../../runtime/env/random.ts';
import {
  at,
  COMMUNITY_ID,
  createBench,
  createTestClock,
  datagramOf,
  hollowCrypto,
  hollowKey,
} from './bench.ts';

const IDENTIFIERS = 65_536;
/** Where a node asks all of its requests but the first, and where nobody is asked. */
const ASKED = '2.2.2.2:2';
const OTHER = '3.3.3.3:3';
/** Who reads the request that it was sent, and guesses the others from it. */
const SPY = '9.9.9.9:9';

const said = {
  destinationAddress: NO_ADDRESS,
  sourceLanAddress: NO_ADDRESS,
  sourceWanAddress: NO_ADDRESS,
  lanIntroductionAddress: NO_ADDRESS,
  wanIntroductionAddress: NO_ADDRESS,
  extraBytes: new Uint8Array(0),
};
const noFlags = {
  introducedSupportsNewStyle: false,
  flag1: false,
  flag2: false,
  flag3: false,
  flag4: false,
  flag5: false,
  flag6: false,
  flag7: false,
};
const oldFlags = {
  connection: ConnectionType.unknown,
  supportsNewStyle: false,
  introducedSupportsNewStyle: false,
  peerLimitReached: false,
};
type Question = IntroductionRequest | NewIntroductionRequest;

const styles = {
  old: {
    request: IntroductionRequest,
    answer: (identifier: number) =>
      datagramOf(
        IntroductionResponse,
        new IntroductionResponse({ ...said, flags: oldFlags, identifier }),
        { key: hollowKey(1), crypto: hollowCrypto },
      ),
  },
  new: {
    request: NewIntroductionRequest,
    answer: (identifier: number) =>
      datagramOf(
        NewIntroductionResponse,
        new NewIntroductionResponse({ ...said, flags: noFlags, identifier }),
        { key: hollowKey(1), crypto: hollowCrypto },
      ),
  },
};

/** What the spy saw of the first request. */
type Seen = { readonly identifier: number; readonly globalTime: number };

/** The guess number `count`, from 0. */
type Guess = (seen: Seen, count: number, guesser: Random) => number;

const guesses: Readonly<Record<string, Guess>> = {
  'counts on from its own identifier': ({ identifier }, count) => identifier + 1 + count,
  'counts on from the global time': ({ globalTime }, count) => globalTime + 1 + count,
  'draws numbers': (_seen, _count, guesser) => guesser.below(IDENTIFIERS),
};

const cases = (['old', 'new'] as const).flatMap((style) =>
  Object.entries(guesses).map(([name, guess]) => [style, name, guess] as const),
);

test.each(cases)(
  'in the %s style, who %s hits as often as chance says where we asked, and never elsewhere',
  (style, name, guess) => {
    const { request, answer } = styles[style];
    const bench = createBench();
    const random = createSeededRandom(1, `${style} ${name}`);
    const node = bench.node('1.1.1.1:1', { random, crypto: hollowCrypto });
    const introducer = createPeer(hollowKey(2).publicKey);
    for (const place of [SPY, ASKED]) {
      node.network.discoverAddress(at(place), introducer, COMMUNITY_ID, style === 'new');
    }
    node.walkable.walkTo(at(SPY));
    const first = bench.take()[0]?.bytes ?? new Uint8Array(0);
    const opened = open<MessageType<unknown>>(first, request, { crypto: hollowCrypto });
    if (!opened.ok) return expect.fail(opened.error.reason);
    const { identifier } = opened.value.message as Question;
    const seen = { identifier, globalTime: Number(opened.value.globalTime) };
    const asked = OUTSTANDING_REQUESTS_MAX - 1;
    for (let count = 0; count < asked; count++) node.walkable.walkTo(at(ASKED));
    expect(bench.take()).toHaveLength(asked);

    const guesser = createSeededRandom(1, `guesser ${style}`);
    const tries = 8_192;
    for (let count = 0; count < tries; count++) {
      const guessed = answer(guess(seen, count, guesser) % IDENTIFIERS);
      const { handled } = node.counters;
      node.receive(guessed, OTHER);
      expect(node.counters.handled).toBe(handled);
      node.receive(guessed, ASKED);
    }
    const { handled, unsolicited } = node.counters;
    expect(handled + unsolicited).toBe(2 * tries);
    // 32 are expected, and half as many more are rare.
    expect(handled).toBeLessThan(((asked * tries) / IDENTIFIERS) * 1.5);
    expect(handled).toBeGreaterThan(((asked * tries) / IDENTIFIERS) * 0.5);
  },
);

test('an identifier that waits is not drawn again; of none that is free, nothing is asked', () => {
  const clock = createTestClock();
  const drawn = [5, 5, 5, 6];
  const below = () => drawn.shift() ?? 6;
  const outstanding = new OutstandingRequests(clock, { below, bytes: () => new Uint8Array(0) });
  const add = () => outstanding.add(at(ASKED), undefined);
  expect([add(), add(), add()]).toEqual([5, 6, undefined]);
  // Answered, it still waits for a puncture.
  expect(outstanding.settle(6, createPeer(hollowKey(1).publicKey), at(ASKED))).toBe(true);
  expect(add()).toBeUndefined();
  clock.advance(REQUEST_TIMEOUT_MS + 1);
  expect(add()).toBe(6);
});

test('a node whose source of chance is stuck asks once, and stays well', () => {
  const bench = createBench();
  const random = { below: () => 0, bytes: (size: number) => new Uint8Array(size) };
  const node = bench.node('1.1.1.1:1', { random });
  for (let count = 0; count < 10; count++) node.walkable.walkTo(at(ASKED));
  expect(bench.take()).toHaveLength(1);
  expect(node.failures).toEqual([]);
});
