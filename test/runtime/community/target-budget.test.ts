import { expect, test } from 'vitest';
import {
  BUDGET_MAX,
  BUDGET_PER_TARGET_MAX,
  BUDGET_WINDOW_MS,
} from '../../../runtime/community/limits.ts';
import { TargetBudget } from '../../../runtime/community/target-budget.ts';
import { at, createTestClock } from './bench.ts';

test('of ten times as many to one target, as many as one may have leave in each second', () => {
  const clock = createTestClock();
  const budget = new TargetBudget(clock);
  for (let second = 0; second < 3; second++) {
    let taken = 0;
    for (let count = 0; count < 10 * BUDGET_PER_TARGET_MAX; count++) {
      taken += budget.take(at('1.1.1.1:1')) ? 1 : 0;
    }
    expect(taken).toBe(BUDGET_PER_TARGET_MAX);
    clock.advance(BUDGET_WINDOW_MS);
  }
});

test('of ten times as many to all targets, as many as all may have leave in each second', () => {
  const clock = createTestClock();
  const budget = new TargetBudget(clock);
  for (let second = 0; second < 3; second++) {
    let taken = 0;
    for (let count = 0; count < 10 * BUDGET_MAX; count++) {
      taken += budget.take(at(`1.1.1.${count}:1`)) ? 1 : 0;
    }
    expect(taken).toBe(BUDGET_MAX);
    clock.advance(BUDGET_WINDOW_MS);
  }
});
