/** The pace of our strategies over ten minutes is py-ipv8's: the scenarios of `record.py`. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { createSeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import { createEdgeWalk } from '../../../runtime/walker/edge-walk.ts';
import { createRandomChurn } from '../../../runtime/walker/random-churn.ts';
import { createRandomWalk } from '../../../runtime/walker/random-walk.ts';
import type { Walkable, WalkStrategy } from '../../../runtime/walker/strategy.ts';
import { address, manualClock, peer, SERVICE } from '../network/fixtures.ts';

const RUNS = 30;
const STEP_MS = 500;
const DURATION_MS = 600_000;
const ROUND_TRIP_MS = 50;

type Figures = Readonly<Record<string, number>>;
const reference: Readonly<Record<'RandomChurn' | 'RandomWalk' | 'EdgeWalk', Figures>> = JSON.parse(
  readFileSync(new URL('../../fixtures/reference-pace/pace.json', import.meta.url), 'utf8'),
);

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

function createPlay() {
  const clock = manualClock();
  const events: { readonly at: number; readonly action: () => void }[] = [];
  return {
    clock,
    /** Answers all take as long, so they come in the order of their questions. */
    answer: (action: () => void) => void events.push({ at: clock.nowMs + ROUND_TRIP_MS, action }),
    run(strategy: WalkStrategy): void {
      for (let stepAt = 0; stepAt < DURATION_MS; stepAt += STEP_MS) {
        for (;;) {
          const [next] = events;
          if (next === undefined || next.at >= stepAt) break;
          events.shift();
          clock.nowMs = next.at;
          next.action();
        }
        clock.nowMs = stepAt;
        strategy.step();
      }
    },
  };
}

/** 30 peers, just heard: 20 that answer, and 10 that never do. */
function runChurn(seed: number): Figures {
  const { clock, answer, run } = createPlay();
  const network = createNetwork({ clock });
  const numbers = new Map<string, number>();
  for (let number = 0; number < 30; number++) {
    numbers.set(peer(number).id, number);
    network.addVerifiedPeer(peer(number), address(number), SERVICE);
  }
  const pings = Array.from({ length: 30 }, () => 0);
  const dropped: number[] = [];
  network.onPeerRemoved(() => dropped.push(clock.nowMs / 1_000));
  const random = createSeededRandom(seed, 'churn');
  const churn = createRandomChurn({
    network,
    clock,
    random,
    ping(one) {
      const number = numbers.get(one.id) ?? 0;
      pings[number] = (pings[number] ?? 0) + 1;
      if (number >= 20) return;
      answer(() => {
        network.measured(one, ROUND_TRIP_MS);
        network.heardFrom(one);
      });
    },
  });
  run(churn);
  expect(dropped).toHaveLength(10);
  const live = pings.slice(0, 20);
  return {
    'pings of a peer that answers, the least': Math.min(...live),
    'pings of a peer that answers': mean(live),
    'pings of a peer that answers, the most': Math.max(...live),
    'pings of a peer that is silent': mean(pings.slice(20)),
    'seconds until a silent peer is dropped': mean(dropped),
    'seconds until the last silent peer is dropped': Math.max(...dropped),
  };
}

/** An overlay in which nothing happens but what is given. */
function played(given: Partial<Walkable>): Walkable {
  return {
    peers: () => [],
    walkableAddresses: () => [],
    walkTo: () => {},
    requestIntroduction: () => {},
    bootstrap: () => {},
    forgetAddress: () => {},
    ...given,
  };
}

/** 200 addresses, of which each introduction tells a random one; every third never answers. */
function runWalk(seed: number): Figures {
  const { clock, answer, run } = createPlay();
  const random = createSeededRandom(seed, 'walk');
  const numbers = new Map(
    Array.from({ length: 200 }, (_, number) => [printAddress(address(number)), number] as const),
  );
  const heardOf = new Set<number>();
  const verifiedAt = new Map<number, number>();
  const walks = new Map<number, number>();
  let introductions = 0;
  const overlay = played({
    walkableAddresses: () =>
      [...heardOf].filter((number) => !verifiedAt.has(number)).map((number) => address(number)),
    walkTo(place) {
      const number = numbers.get(printAddress(place)) ?? 0;
      walks.set(number, (walks.get(number) ?? 0) + 1);
      if (number % 3 === 0) return;
      answer(() => {
        if (!verifiedAt.has(number)) verifiedAt.set(number, clock.nowMs);
      });
    },
    requestIntroduction() {
      introductions += 1;
      const told = random.below(200);
      answer(() => void heardOf.add(told));
    },
    forgetAddress: (place) => void heardOf.delete(numbers.get(printAddress(place)) ?? -1),
  });
  run(createRandomWalk({ overlay, clock, random }));
  const silent = [...walks].filter(([number]) => number % 3 === 0).map(([, count]) => count);
  return {
    walks: [...walks.values()].reduce((sum, count) => sum + count, 0),
    'requests for an introduction': introductions,
    'peers after 60 seconds': [...verifiedAt.values()].filter((at) => at <= 60_000).length,
    'peers after 600 seconds': verifiedAt.size,
    'walks to an address that never answers': mean(silent),
  };
}

/** 100 peers that answer; each introduces the ten behind it in a circle, in turn; 6 are known. */
function runEdges(seed: number): Figures {
  const { clock, answer, run } = createPlay();
  const network = createNetwork({ clock });
  const numbers = new Map<string, number>();
  for (let number = 0; number < 100; number++) {
    numbers.set(peer(number).id, number);
    numbers.set(printAddress(address(number)), number);
  }
  const verify = (number: number): void =>
    network.addVerifiedPeer(peer(number), address(number), SERVICE);
  for (let number = 0; number < 6; number++) verify(number);
  const turns = new Map<number, number>();
  let requests = 0;
  const ask = (number: number): void => {
    requests += 1;
    answer(() => {
      verify(number);
      const turn = turns.get(number) ?? 0;
      turns.set(number, turn + 1);
      const told = (number + 1 + (turn % 10)) % 100;
      network.discoverAddress(address(told), peer(number), SERVICE);
    });
  };
  const overlay = played({
    peers: () => network.peers(SERVICE),
    walkableAddresses: () => network.walkableAddresses(SERVICE),
    walkTo: (place) => ask(numbers.get(printAddress(place)) ?? 0),
    requestIntroduction: (one) => ask(numbers.get(one?.id ?? '') ?? 0),
  });
  const lengths: number[] = [];
  const onEdge = (edge: readonly unknown[]): void => void lengths.push(edge.length);
  const random = createSeededRandom(seed, 'edges');
  run(createEdgeWalk({ overlay, network, clock, random, onEdge }));
  return {
    requests,
    edges: lengths.length,
    'peers of an edge': mean(lengths),
    'peers after 600 seconds': network.peers().length,
  };
}

describe.each([
  ['RandomChurn', runChurn],
  ['RandomWalk', runWalk],
  ['EdgeWalk', runEdges],
] as const)('%s', (name, run) => {
  const runs = Array.from({ length: RUNS }, (_, seed) => run(seed));
  test.each(Object.entries(reference[name]))('%s: within a tenth of %d', (figure, expected) => {
    const ours = mean(runs.map((one) => one[figure] ?? Number.NaN));
    expect(Math.abs(ours - expected) / expected, `ours is ${ours}`).toBeLessThanOrEqual(0.1);
  });
});
