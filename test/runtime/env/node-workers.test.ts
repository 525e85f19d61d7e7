import { expect, test } from 'vitest';
import { JOBS_WAITING_MAX } from '../../../runtime/env/limits.ts';
import { createNodeWorkers } from '../../../runtime/env/node-workers.ts';
import type { WorkerJob } from '../../../runtime/env/workers.ts';
import * as jobs from '../../fixtures/jobs/jobs.ts';

const workers = createNodeWorkers();

async function outcome(job: WorkerJob, input?: unknown, abort = new AbortController()) {
  const result = await workers.run(job, input, abort.signal);
  return result.ok ? result.value : `${result.error.code}: ${result.error.message}`;
}

test('a job runs in a thread and gives its value, or that of its promise', async () => {
  expect(await outcome(jobs.square, 12)).toBe(144);
  expect(await outcome(jobs.sum, [1, 2, 3])).toBe(6);
});

test('what goes wrong is said, and ends nothing else', async () => {
  expect(await outcome(jobs.failing)).toBe('failed: no');
  expect(await outcome(jobs.missing)).toContain('failed: ');
  expect(await outcome({ ...jobs.square, module: new URL('file:///nowhere.mjs') })).toContain(
    'failed: ',
  );
  // Neither way can a function cross.
  expect(await outcome(jobs.giveFunction)).toContain('failed: ');
  expect(await outcome(jobs.square, () => {})).toContain('failed: ');
  expect(await outcome(jobs.leave)).toBe('failed: the worker of leave ended without an answer');
  expect(await outcome(jobs.square, 3)).toBe(9);
});

test('a cancelled job ends wherever it is; one that waits never begins', async () => {
  const early = new AbortController();
  early.abort();
  expect(await outcome(jobs.forever, undefined, early)).toBe('cancelled: forever was cancelled');
  const all = new AbortController();
  // More than there are threads: the others wait for a place.
  const running = Array.from({ length: 7 }, () => outcome(jobs.forever, undefined, all));
  const last = new AbortController();
  const waiting = outcome(jobs.square, 2, last);
  last.abort();
  expect(await waiting).toBe('cancelled: square was cancelled');
  all.abort();
  expect(await Promise.all(running)).toEqual(running.map(() => 'cancelled: forever was cancelled'));
  expect(await outcome(jobs.square, 5)).toBe(25);
});

test('ten times as many jobs as may wait: the others are full', async () => {
  const crowd = createNodeWorkers();
  const count = 10 * JOBS_WAITING_MAX;
  const aborts = Array.from({ length: count }, () => new AbortController());
  const results = aborts.map(({ signal }) => crowd.run(jobs.forever, undefined, signal));
  for (const abort of aborts) abort.abort();
  const codes = (await Promise.all(results)).map((one) => (one.ok ? 'ok' : one.error.code));
  expect(codes.filter((code) => code === 'full')).toHaveLength(count - JOBS_WAITING_MAX - 4);
  expect(codes.filter((code) => code === 'cancelled')).toHaveLength(JOBS_WAITING_MAX + 4);
});
