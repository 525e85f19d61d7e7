import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNetwork } from '../../../runtime/network/network.ts';
import { createSeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import { PINGED_PEERS_MAX } from '../../../runtime/walker/limits.ts';
import { createRandomChurn } from '../../../runtime/walker/random-churn.ts';
import type { RandomChurnOptions } from '../../../runtime/walker/random-churn.ts';
import { address, manualClock, peer, SERVICE } from '../network/fixtures.ts';

function setUp(peers: number, options: Partial<RandomChurnOptions> = {}) {
  const clock = manualClock();
  const network = createNetwork({ clock, limits: { peersMax: 20_000 } });
  for (let number = 0; number < peers; number++) {
    network.addVerifiedPeer(peer(number), address(number), SERVICE);
  }
  const pings: { readonly id: string; readonly at: number }[] = [];
  const random = createSeededRandom(1, 'churn');
  const ping = ({ id }: { id: string }): void => void pings.push({ id, at: clock.nowMs });
  const churn = createRandomChurn({ network, ping, clock, random, options });
  const stepUntil = (untilMs: number): void => {
    for (; clock.nowMs <= untilMs; clock.nowMs += 500) churn.step();
  };
  return { clock, network, pings, churn, stepUntil };
}

function timed(network: ReturnType<typeof setUp>['network'], number: number): void {
  for (let times = 0; times < 5; times++) network.measured(peer(number), 30);
}

test('a new peer is pinged every ten seconds until it was timed five times', () => {
  const { network, pings, stepUntil, clock } = setUp(1);
  const answering = (): void => {
    network.heardFrom(peer(0));
    network.measured(peer(0), 40);
  };
  for (let at = 0; at <= 100_000; at += 500) {
    const before = pings.length;
    clock.nowMs = at;
    stepUntil(at);
    if (pings.length > before) answering();
  }
  // From then on only because it is silent otherwise.
  const times = pings.map(({ at }) => at);
  expect(times).toEqual([0, 10_500, 21_000, 31_500, 42_000, 70_500, 99_000]);
  expect(network.roundTripsOf(peer(0))).toEqual([40, 40, 40, 40, 40]);
});

test('a timed peer is left alone while it is heard, and pinged when silent for 27.5 seconds', () => {
  const { network, pings, stepUntil } = setUp(1);
  timed(network, 0);
  stepUntil(27_500);
  expect(pings).toEqual([]);
  stepUntil(28_000);
  expect(pings).toHaveLength(1);
});

test('a peer that answers no ping is forgotten after 57.5 seconds, not at 57.5', () => {
  const { network, pings, stepUntil } = setUp(1);
  timed(network, 0);
  stepUntil(57_500);
  expect(network.peers()).toHaveLength(1);
  expect(pings.map(({ at }) => at)).toEqual([28_000, 38_500, 49_000]);
  stepUntil(58_000);
  expect(network.peers()).toEqual([]);
});

test('nobody is forgotten who was not pinged', () => {
  const { network, pings, clock, churn } = setUp(1);
  clock.nowMs = 100_000;
  churn.step();
  expect(network.peers()).toHaveLength(1);
  expect(pings).toHaveLength(1);
});

test('a step looks at eight different peers', () => {
  const { pings, churn } = setUp(30);
  churn.step();
  expect(new Set(pings.map(({ id }) => id)).size).toBe(8);
});

test('every setting counts', () => {
  const options = { sampleSize: 2, pingIntervalMs: 1_000, inactiveMs: 2_000, dropMs: 4_000 };
  const { network, pings, stepUntil } = setUp(2, options);
  for (const number of [0, 1]) timed(network, number);
  stepUntil(4_000);
  expect(pings.map(({ at }) => at)).toEqual([2_500, 2_500, 4_000, 4_000]);
  stepUntil(4_500);
  expect(network.peers()).toEqual([]);
});

test('what is remembered of pings is bounded, whoever comes and goes', () => {
  const { pings, churn, clock } = setUp(10 * PINGED_PEERS_MAX, { sampleSize: 20_000 });
  churn.step();
  expect(pings).toHaveLength(10 * PINGED_PEERS_MAX);
  clock.nowMs += 500;
  churn.step();
  // Only those still remembered are spared so soon.
  expect(pings.length).toBeGreaterThanOrEqual(19 * PINGED_PEERS_MAX);
});

test('whatever is heard when: peers heard within 57.5 seconds stay, pings keep their distance', () => {
  const heard = fc.array(fc.tuple(fc.nat(4), fc.nat(120_000)), { maxLength: 40 });
  fc.assert(
    fc.property(heard, (events) => {
      const { network, pings, clock, churn } = setUp(5);
      for (clock.nowMs = 0; clock.nowMs <= 180_000; clock.nowMs += 500) {
        for (const [number, at] of events) {
          if (at > clock.nowMs - 500 && at <= clock.nowMs) network.heardFrom(peer(number));
        }
        const late = network
          .peers()
          .filter((one) => clock.nowMs - (network.lastHeard(one) ?? 0) <= 57_500);
        churn.step();
        expect(network.peers()).toEqual(expect.arrayContaining(late));
      }
      expect(network.peers()).toEqual([]);
      for (const number of [0, 1, 2, 3, 4]) {
        const times = pings.filter(({ id }) => id === peer(number).id).map(({ at }) => at);
        const gaps = times.slice(1).map((at, before) => at - (times[before] ?? 0));
        expect(gaps.filter((gap) => gap <= 10_000)).toEqual([]);
      }
    }),
    { numRuns: 20 },
  );
});
