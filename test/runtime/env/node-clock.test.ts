import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodeClock } from '../../../runtime/env/node-clock.ts';

beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }),
);
afterEach(() => vi.useRealTimers());

test('a timer fires once, not before its delay', () => {
  const clock = createNodeClock();
  const fired: number[] = [];
  const startMs = clock.now();
  clock.after(10.4, () => fired.push(clock.now() - startMs));
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(10);
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(fired).toEqual([11]);
});

test('no delay is still not now', () => {
  const clock = createNodeClock();
  let isFired = false;
  clock.after(0, () => {
    isFired = true;
  });
  clock.after(-5, () => {});
  expect(isFired).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isFired).toBe(true);
});

test('delays beyond what the system can wait for in one go are kept', () => {
  const clock = createNodeClock();
  const yearMs = 365 * 24 * 3_600_000;
  let isFired = false;
  clock.after(yearMs, () => {
    isFired = true;
  });
  vi.advanceTimersByTime(yearMs - 1);
  expect(isFired).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isFired).toBe(true);
  clock.after(Number.POSITIVE_INFINITY, () => expect.fail('endless')).cancel();
  expect(() => clock.after(Number.NaN, () => {})).toThrow('broken assumption');
});

test('a cancelled timer does not fire, also when it was set again on its way', () => {
  const clock = createNodeClock();
  let isFired = false;
  const timer = clock.after(2 ** 32, () => {
    isFired = true;
  });
  vi.advanceTimersByTime(2 ** 31);
  timer.cancel();
  timer.cancel();
  vi.advanceTimersByTime(2 ** 33);
  expect(isFired).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('wall time is that of the machine', () => {
  vi.setSystemTime(new Date('2026-03-01T00:00:00Z'));
  expect(createNodeClock().wallTime()).toBe(Date.UTC(2026, 2, 1));
});
