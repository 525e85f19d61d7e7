import { expect, test } from 'vitest';
import {
  ASKER_MEMORY_MS,
  BUDGET_MAX,
  BUDGET_PER_TARGET_MAX,
  BUDGET_RESERVED,
  BUDGET_WINDOW_MS,
} from '../../../runtime/community/limits.ts';
import { type Asker, TargetBudget } from '../../../runtime/community/target-budget.ts';
import { createSeededRandom } from '../../../runtime/simulation/index.ts';
import { at, createTestClock } from './bench.ts';

const proved = (name: string): Asker => ({ name, isProved: true });
const stranger = (name: string): Asker => ({ name, isProved: false });

let lastPort = 0;

/** How many of so many, each to another target, were granted. */
function countTaken(budget: TargetBudget, count: number, askerOf: (at: number) => Asker): number {
  let taken = 0;
  for (let each = 0; each < count; each++) {
    lastPort += 1;
    taken += budget.take(at(`1.1.1.1:${lastPort}`), askerOf(each)) ? 1 : 0;
  }
  return taken;
}

test('of ten times as many to one target, as many as one may have leave in each second', () => {
  const clock = createTestClock();
  const budget = new TargetBudget(clock);
  for (let second = 0; second < 3; second++) {
    let taken = 0;
    for (let count = 0; count < 10 * BUDGET_PER_TARGET_MAX; count++) {
      taken += budget.take(at('1.1.1.1:1'), proved(`${second} ${count}`)) ? 1 : 0;
    }
    expect(taken).toBe(BUDGET_PER_TARGET_MAX);
    clock.advance(BUDGET_WINDOW_MS);
  }
});

test('of ten times as many to all targets, as many as all may have leave in each second', () => {
  const clock = createTestClock();
  const budget = new TargetBudget(clock);
  for (let second = 0; second < 3; second++) {
    expect(countTaken(budget, 10 * BUDGET_MAX, (each) => proved(`${second} ${each}`))).toBe(
      BUDGET_MAX,
    );
    clock.advance(BUDGET_WINDOW_MS);
  }
});

test('one asker has no more than is left for all, and strangers leave what is kept for others', () => {
  const clock = createTestClock();
  const budget = new TargetBudget(clock);
  const open = BUDGET_MAX - BUDGET_RESERVED;
  expect(countTaken(budget, 10 * BUDGET_MAX, () => proved('greedy'))).toBe(open);
  expect(countTaken(budget, 1, () => proved('another'))).toBe(1);
  clock.advance(BUDGET_WINDOW_MS);
  expect(countTaken(budget, 10 * BUDGET_MAX, (each) => stranger(`${each}`))).toBe(open);
  expect(countTaken(budget, 1, () => proved('greedy'))).toBe(0);
  expect(countTaken(budget, 1, () => proved('a third'))).toBe(1);
  clock.advance(ASKER_MEMORY_MS);
  expect(countTaken(budget, 10 * BUDGET_MAX, (each) => stranger(`${each}`))).toBe(open);
  expect(countTaken(budget, 1, () => proved('greedy'))).toBe(1);
});

test.each([1, 2])('honest askers are served in an attack (seed %i)', (seed) => {
  const clock = createTestClock();
  const random = createSeededRandom(seed, 'askers');
  const budget = new TargetBudget(clock);
  const honest = { asked: 0, served: 0 };
  const nextAtMs = Array.from({ length: 8 }, () => random.below(10_000));
  for (let ms = 0; ms < 120_000; ms += 1) {
    clock.advance(1);
    // A thousand a second, by ten forged peers that are proved and by any number of others.
    const forger = random.below(2) === 0 ? proved(`${random.below(10)}`) : stranger(`${ms}`);
    budget.take(at(`66.66.${ms >> 8}.${ms & 255}:${1 + random.below(60_000)}`), forger);
    for (const [name, dueMs] of nextAtMs.entries()) {
      if (ms < dueMs) continue;
      nextAtMs[name] = ms + 10_001 + random.below(5_000);
      const isServed = budget.take(at(`2.2.2.${name}:${ms + 1}`), proved(`honest ${name}`));
      // At first the forgers had nothing yet either.
      if (ms < ASKER_MEMORY_MS / 2) continue;
      honest.asked += 1;
      honest.served += isServed ? 1 : 0;
    }
  }
  expect(honest.asked).toBeGreaterThan(50);
  expect(honest.served / honest.asked).toBeGreaterThan(0.9);
});
