import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { setInterval as repeat } from 'node:timers';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { TEST_SEED } from './seed.ts';

test('a unit test cannot sleep', () => {
  expect(() => setTimeout(() => {}, 1)).toThrow('setTimeout for 1 ms');
  expect(() => setInterval(() => {}, 1)).toThrow('setInterval for 1 ms');
  expect(() => repeat(() => {}, 1)).toThrow('setInterval for 1 ms');
  expect(() => pause(1)).toThrow('setTimeout for 1 ms');
  const word = new Int32Array(new SharedArrayBuffer(4));
  expect(() => Atomics.wait(word, 0, 0, 1)).toThrow('Atomics.wait');
});

test('a unit test starts no processes', () => {
  expect(() => spawnSync('true')).toThrow('calls spawnSync');
});

test('a turn of the event loop is no sleep, and time that is made up may pass', async () => {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  vi.useFakeTimers();
  try {
    const done = vi.fn<() => void>();
    setTimeout(done, 1_000);
    vi.advanceTimersByTime(1_000);
    expect(done).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
  expect(() => setTimeout(() => {}, 1)).toThrow('setTimeout for 1 ms');
});

test('properties are drawn with the seed of the run', () => {
  expect(fc.readConfigureGlobal().seed).toBe(TEST_SEED);
});
