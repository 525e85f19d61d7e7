import { expect, test } from 'vitest';
import {
  GLOBAL_TIME_JUMP_MAX,
  GLOBAL_TIME_MAX,
  GlobalTime,
} from '../../../runtime/community/global-time.ts';

test('the clock counts our events and is never behind what it heard', () => {
  const time = new GlobalTime();
  expect([time.claim(), time.claim()]).toEqual([1n, 2n]);
  time.observe(10n);
  time.observe(4n);
  expect(time.now).toBe(10n);
  expect(time.claim()).toBe(11n);
});

test('a short time is the low 16 bits of the next event', () => {
  const time = new GlobalTime();
  time.observe(65_534n);
  expect([time.claimShort(), time.claimShort(), time.claimShort()]).toEqual([65_535n, 0n, 1n]);
  expect(time.now).toBe(65_537n);
});

test('a jump to the end of time is not believed', () => {
  const time = new GlobalTime();
  time.observe(GLOBAL_TIME_MAX);
  time.observe(GLOBAL_TIME_JUMP_MAX + 1n);
  expect(time.now).toBe(0n);
  time.observe(GLOBAL_TIME_JUMP_MAX);
  expect(time.now).toBe(GLOBAL_TIME_JUMP_MAX);
});

test('many jumps do not get it over the end, within the messages anybody can send', () => {
  const time = new GlobalTime();
  for (let step = 0; step < 100_000; step++) time.observe(time.now + GLOBAL_TIME_JUMP_MAX);
  expect(time.now).toBeLessThan(GLOBAL_TIME_MAX);
  expect(time.claim()).toBe(100_000n * GLOBAL_TIME_JUMP_MAX + 1n);
});
