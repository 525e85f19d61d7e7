import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import {
  REPLY_BYTES_PER_BYTE_MAX,
  SEND_WINDOW_MS,
  STARTED_BYTES_BURST_MAX,
  STARTED_BYTES_PER_SECOND_MAX,
  STARTED_BYTES_PER_TARGET_MAX,
  UNANSWERED_ADDRESSES_MAX,
} from '../../../runtime/endpoint/limits.ts';
import { SendBudget } from '../../../runtime/endpoint/send-budget.ts';

const at = (number: number): Address =>
  createAddress(`20.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`, 1);
const VICTIM = createAddress('9.9.9.9', 9);

function createBudget(proved: readonly string[] = []) {
  let nowMs = 0;
  const budget = new SendBudget({
    clock: { now: () => nowMs },
    isProved: ({ host }) => proved.includes(host),
  });
  return { budget, pass: (ms: number): void => void (nowMs += ms) };
}

test('three bytes go for each that came; then what we start ourselves, and then nothing', () => {
  const { budget } = createBudget();
  budget.heard(100, VICTIM);
  expect(budget.take(200, VICTIM)).toBe('reply');
  expect(budget.take(100, VICTIM)).toBe('reply');
  expect(budget.take(1, VICTIM)).toBe('started');
  expect(budget.take(STARTED_BYTES_PER_TARGET_MAX - 1, VICTIM)).toBe('started');
  expect(budget.take(1, VICTIM)).toBe('refused');
  // What comes from there pays for what was started, too.
  budget.heard(100, VICTIM);
  expect(budget.take(300, VICTIM)).toBe('started');
  expect(budget.take(1, VICTIM)).toBe('refused');
});

test('REPLY_BYTES_PER_BYTE_MAX: ten times as much does not leave', () => {
  const { budget } = createBudget();
  for (let started = 0; started < STARTED_BYTES_PER_TARGET_MAX; started += 1_024) {
    expect(budget.take(1_024, VICTIM)).toBe('started');
  }
  budget.heard(1_000, VICTIM);
  let replied = 0;
  for (let asked = 0; asked < 10 * REPLY_BYTES_PER_BYTE_MAX * 1_000; asked += 100) {
    if (budget.take(100, VICTIM) !== 'refused') replied += 100;
  }
  expect(replied).toBe(REPLY_BYTES_PER_BYTE_MAX * 1_000);
});

test('STARTED_BYTES_PER_TARGET_MAX: ten times as much does not leave, and what lies back is forgiven', () => {
  const { budget, pass } = createBudget();
  const send = (): number => {
    let sent = 0;
    for (let asked = 0; asked < STARTED_BYTES_PER_TARGET_MAX * 10; asked += 256) {
      if (budget.take(256, VICTIM) === 'started') sent += 256;
    }
    return sent;
  };
  expect(send()).toBe(STARTED_BYTES_PER_TARGET_MAX);
  pass(SEND_WINDOW_MS - 1);
  expect(send()).toBe(0);
  pass(2 * SEND_WINDOW_MS);
  expect(budget.take(1, at(1))).toBe('started');
  pass(2 * SEND_WINDOW_MS);
  expect(send()).toBe(STARTED_BYTES_PER_TARGET_MAX);
});

test('STARTED_BYTES_BURST_MAX: ten times as much to many addresses does not leave, nor STARTED_BYTES_PER_SECOND_MAX', () => {
  const { budget, pass } = createBudget();
  const send = (bytesMax: number): number => {
    let sent = 0;
    for (let asked = 0; asked < bytesMax; asked += 1_024) {
      if (budget.take(1_024, at(asked / 1_024)) === 'started') sent += 1_024;
    }
    return sent;
  };
  expect(send(STARTED_BYTES_BURST_MAX * 10)).toBe(STARTED_BYTES_BURST_MAX);
  pass(1_000);
  expect(send(STARTED_BYTES_PER_SECOND_MAX * 10)).toBe(STARTED_BYTES_PER_SECOND_MAX);
});

test('an address that answered gets all, and is not remembered', () => {
  const { budget } = createBudget([VICTIM.host]);
  for (let count = 0; count < 1_000; count++) {
    budget.heard(1, VICTIM);
    expect(budget.take(1_400, VICTIM)).toBe('proved');
  }
  expect(budget.size).toBe(0);
});

test('UNANSWERED_ADDRESSES_MAX: of ten times as many twice the cap is remembered', () => {
  const { budget } = createBudget();
  for (let number = 0; number < UNANSWERED_ADDRESSES_MAX * 10; number++) {
    budget.heard(100, at(number));
    expect(budget.take(300, at(number))).toBe('reply');
  }
  expect(budget.size).toBeLessThanOrEqual(2 * UNANSWERED_ADDRESSES_MAX);
});

test('whatever comes and goes, nobody who never answered gets more than three for one and our own', () => {
  const step = fc.record({
    to: fc.nat({ max: 3 }),
    size: fc.integer({ min: 1, max: 1_472 }),
    isIn: fc.boolean(),
    waitMs: fc.nat({ max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const { budget, pass } = createBudget();
      const received = new Map<number, number>();
      const sent = new Map<number, number>();
      let passedMs = 0;
      for (const { to, size, isIn, waitMs } of steps) {
        pass(waitMs);
        passedMs += waitMs;
        if (isIn) {
          budget.heard(size, at(to));
          received.set(to, (received.get(to) ?? 0) + size);
        } else if (budget.take(size, at(to)) !== 'refused') {
          sent.set(to, (sent.get(to) ?? 0) + size);
        }
        const windows = 1 + Math.ceil(passedMs / SEND_WINDOW_MS);
        const allowed = 3 * (received.get(to) ?? 0) + windows * STARTED_BYTES_PER_TARGET_MAX;
        expect(sent.get(to) ?? 0).toBeLessThanOrEqual(allowed);
      }
    }),
  );
});
