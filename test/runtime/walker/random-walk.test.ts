import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import type { Random } from '../../../runtime/env/random.ts';
import { createRandomWalk } from '../../../runtime/walker/random-walk.ts';
import { createSeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import { manualClock } from '../network/fixtures.ts';
import { address, recordingOverlay } from './fixtures.ts';

/** Chance that never turns back and takes the first of what it is offered. */
const forward: Random = {
  bytes: (size) => new Uint8Array(size),
  below: (bound) => (bound === 256 ? 255 : 0),
};
/** Chance that always turns back. */
const back: Random = { ...forward, below: () => 0 };

test('a step walks to an address that was heard of', () => {
  const overlay = recordingOverlay([address(1)]);
  createRandomWalk({ overlay, clock: manualClock(), random: forward }).step();
  expect(overlay.walks).toEqual(['10.0.0.1:8090']);
  expect(overlay.introductions).toBe(0);
});

test('without addresses a step asks for an introduction', () => {
  const overlay = recordingOverlay([]);
  createRandomWalk({ overlay, clock: manualClock(), random: forward }).step();
  expect(overlay.introductions).toBe(1);
});

test('by chance a step turns back although there are addresses', () => {
  const overlay = recordingOverlay([address(1)]);
  createRandomWalk({ overlay, clock: manualClock(), random: back }).step();
  expect(overlay.walks).toEqual([]);
  expect(overlay.introductions).toBe(1);
});

test.each([
  [49, 1],
  [50, 0],
])('a draw of %i of 256 turns back %i times', (draw, introductions) => {
  const overlay = recordingOverlay([address(1)]);
  const random: Random = { ...forward, below: (bound) => (bound === 256 ? draw : 0) };
  createRandomWalk({ overlay, clock: manualClock(), random }).step();
  expect(overlay.introductions).toBe(introductions);
});

test('an address is not walked to twice while its answer may come', () => {
  const overlay = recordingOverlay([address(1)]);
  const walk = createRandomWalk({ overlay, clock: manualClock(), random: forward });
  walk.step();
  walk.step();
  expect(overlay.walks).toHaveLength(1);
  expect(overlay.introductions).toBe(1);
});

test('a silent address is forgotten after 3 seconds, not at 3 seconds', () => {
  const clock = manualClock();
  const overlay = recordingOverlay([address(1)]);
  const walk = createRandomWalk({ overlay, clock, random: forward });
  walk.step();
  clock.nowMs = 3_000;
  walk.step();
  expect(overlay.forgotten).toEqual([]);
  clock.nowMs = 3_001;
  walk.step();
  expect(overlay.forgotten).toEqual(['10.0.0.1:8090']);
});

test('an address whose peer was verified meanwhile is kept', () => {
  const clock = manualClock();
  const overlay = recordingOverlay([address(1)]);
  const walk = createRandomWalk({ overlay, clock, random: forward });
  walk.step();
  // Verified: it is a peer's now, and no longer walkable.
  overlay.walkable = [];
  clock.nowMs = 3_001;
  walk.step();
  expect(overlay.forgotten).toEqual([]);
});

test('a target interval leaves out steps that come too early', () => {
  const clock = manualClock();
  const overlay = recordingOverlay([]);
  const options = { targetIntervalMs: 5_000 };
  const walk = createRandomWalk({ overlay, clock, random: forward, options });
  for (clock.nowMs = 0; clock.nowMs <= 10_001; clock.nowMs += 500) walk.step();
  expect(overlay.introductions).toBe(2);
});

test('a window of 0 is no window', () => {
  const all = Array.from({ length: 20 }, (_, at) => address(at));
  const overlay = recordingOverlay(all);
  const options = { windowSize: 0 };
  const walk = createRandomWalk({ overlay, clock: manualClock(), random: forward, options });
  for (const _ of all) walk.step();
  expect(overlay.walks).toHaveLength(20);
});

test('whatever the chance: at most five walks in three seconds, and all silent addresses are forgotten', () => {
  const addresses = fc.integer({ min: 0, max: 40 });
  const gaps = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.nat(), addresses, gaps, (seed, count, gapsMs) => {
      const clock = manualClock();
      const overlay = recordingOverlay(Array.from({ length: count }, (_, at) => address(at)));
      const walkedAt: number[] = [];
      const walkTo = overlay.walkTo;
      overlay.walkTo = (target) => {
        walkedAt.push(clock.nowMs);
        walkTo(target);
      };
      const random = createSeededRandom(seed, 'walk');
      const walk = createRandomWalk({ overlay, clock, random });
      for (const gapMs of gapsMs) {
        clock.nowMs += gapMs;
        walk.step();
        const inFlight = walkedAt.filter((sentAt) => clock.nowMs - sentAt <= 3_000);
        expect(inFlight.length).toBeLessThanOrEqual(5);
      }
      clock.nowMs += 3_001;
      const walked = [...overlay.walks];
      walk.step();
      expect([...overlay.forgotten].sort()).toEqual(walked.sort());
      const left = overlay.walkable.map(printAddress);
      expect(left.filter((one) => walked.includes(one))).toEqual([]);
    }),
  );
});
