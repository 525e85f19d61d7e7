import { expect, test } from 'vitest';
import type { Log, LogFields } from '../../../runtime/env/log.ts';
import { Failures } from '../../../runtime/operations/failures.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';

/** A log that keeps place and fields, and failures that go there. */
function createFailures() {
  const world = createWorld({ seed: 1 });
  const lines: [string, LogFields | undefined][] = [];
  const log: Log = {
    isOn: () => true,
    write: (_, text, fields) => void lines.push([text, fields]),
  };
  return { world, lines, failures: new Failures({ clock: world.env('1.0.0.1').clock, log }) };
}

test('every failure is counted, and each place is logged once a second', async () => {
  const { world, lines, failures } = createFailures();
  const fail = (times: number) => {
    for (let count = 0; count < times; count++) {
      failures.report('handler', 'no', { overlay: 'A', message: 'M' });
      failures.report('handler', 'no', { overlay: 'A', message: 'N' });
      failures.report('task', 'no');
    }
  };
  fail(10);
  expect(lines.length).toBe(3);
  await world.run({ forMs: 999 });
  fail(1);
  expect(lines.length).toBe(3);
  await world.run({ forMs: 1 });
  fail(1);
  expect(lines.slice(3)).toEqual([
    ['handler failed', { overlay: 'A', message: 'M', error: 'no', unlogged: 10 }],
    ['handler failed', { overlay: 'A', message: 'N', error: 'no', unlogged: 10 }],
    ['task failed', { error: 'no', unlogged: 10 }],
  ]);
  expect(failures.counts).toEqual([
    { place: 'handler', overlay: 'A', message: 'M', count: 12 },
    { place: 'handler', overlay: 'A', message: 'N', count: 12 },
    { place: 'task', overlay: undefined, message: undefined, count: 12 },
  ]);
});

test('a log that throws stops nothing', () => {
  const { failures } = createFailures();
  const log: Log = {
    isOn: () => true,
    write: () => {
      throw new Error('the disk is full');
    },
  };
  const unheard = new Failures({ clock: createWorld({ seed: 1 }).env('1.0.0.1').clock, log });
  for (const one of [failures, unheard]) one.report('listener', Object.create(null));
  expect(unheard.counts.map(({ count }) => count)).toEqual([1]);
});
