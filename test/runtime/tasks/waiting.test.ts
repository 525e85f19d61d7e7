/** Awaiting tasks, and tasks in other threads, as in the steps of py-ipv8's tutorial on tasks. */
import { expect, expectTypeOf, test } from 'vitest';
import type { Result } from '../../../runtime/base/result.ts';
import type { WorkerError } from '../../../runtime/env/workers.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';
import * as jobs from '../../fixtures/jobs/jobs.ts';

function bench() {
  const world = createWorld({ seed: 1 });
  const errors: unknown[] = [];
  const { clock, workers } = world.env('10.0.0.1');
  const onError = (error: unknown): void => void errors.push(error);
  const tasks = createTaskScope({ clock, workers, onError });
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  return { world, tasks, sleep, errors };
}

test('waiting lets what was started come to its end; stopping cancels it', async () => {
  const { world, tasks, sleep } = bench();
  const completed: number[] = [];
  tasks.run('first', async () => {
    await sleep(100);
    completed.push(1);
  });
  let isDone = false;
  void tasks.wait().then(() => (isDone = true));
  await world.run({ forMs: 99 });
  expect(isDone).toBe(false);
  await world.run({ forMs: 1 });
  expect([isDone, completed]).toEqual([true, [1]]);
  tasks.after('second', 100, () => void completed.push(2));
  await tasks.stop();
  await world.run({ forMs: 1_000 });
  expect(completed).toEqual([1]);
});

test('twenty anonymous tasks of half a second take half a second', async () => {
  const { world, tasks, sleep } = bench();
  const completed: number[] = [];
  for (let number = 0; number < 20; number++) {
    tasks.runAnonymous('execute me too', async () => {
      await sleep(500);
      completed.push(number);
    });
  }
  let doneAt: number | undefined;
  void tasks.wait().then(() => (doneAt = world.now));
  await world.run({ forMs: 2_000 });
  expect(completed).toHaveLength(20);
  expect(doneAt).toBe(500);
});

test('one task adds every 100 ms until it cancels itself, another one after 500 ms', async () => {
  const { world, tasks } = bench();
  const completed: number[] = [];
  const add = (number: number): void => {
    if (completed.length === 20) tasks.cancel('keep adding 1');
    else completed.push(number);
  };
  tasks.repeat('keep adding 1', { intervalMs: 100 }, () => add(1));
  tasks.after('sneaky inject', 450, () => add(2));
  let isDone = false;
  void tasks.wait().then(() => (isDone = true));
  await world.run({ forMs: 10_000 });
  expect(completed).toEqual([1, 1, 1, 1, 2, ...Array<number>(15).fill(1)]);
  expect(isDone).toBe(true);
});

test('anonymous tasks may be delayed and repeated', async () => {
  const { world, tasks } = bench();
  const times: number[] = [];
  tasks.runAnonymous('later', () => void times.push(world.now), { delayMs: 30 });
  tasks.runAnonymous('often', () => void times.push(world.now), { delayMs: 10, intervalMs: 50 });
  await world.run({ forMs: 120 });
  expect(times).toEqual([10, 30, 60, 110]);
  expect(tasks.names()).toEqual(['often 2']);
});

test('what a community started before its time can be cancelled, and the scope goes on', async () => {
  const { world, tasks } = bench();
  const events: string[] = [];
  tasks.after('error out', 0, () => void events.push('error'));
  tasks.repeat('often', { intervalMs: 1 }, () => void events.push('often'));
  tasks.child('child').after('later', 5, () => void events.push('child'));
  tasks.cancelAll();
  tasks.run('new', () => void events.push('new'));
  await world.run({ forMs: 10 });
  expect(events).toEqual(['new', 'child']);
});

test('waiting is for children too, and over when the scope stops or has nothing to do', async () => {
  const { world, tasks, sleep, errors } = bench();
  await tasks.wait();
  const events: string[] = [];
  const child = tasks.child('child');
  child.run('stubborn', () => sleep(5_000));
  void tasks.wait().then(() => events.push('idle'));
  void tasks
    .child('other')
    .wait()
    .then(() => events.push('other idle'));
  await world.run({ forMs: 100 });
  expect(events).toEqual(['other idle']);
  void child.stop();
  await world.run({ forMs: 1_000 });
  expect(events).toEqual(['other idle', 'idle']);
  expect(errors).toHaveLength(1);
  tasks.repeat('for ever', { intervalMs: 10 }, () => {});
  void tasks.wait().then(() => events.push('stopped'));
  void tasks.stop();
  await world.run({ forMs: 0 });
  expect(events.at(-1)).toBe('stopped');
});

test('a job of another thread gives its value, and takes no virtual time', async () => {
  const { world, tasks, errors } = bench();
  const seen: unknown[] = [];
  void tasks.work('square', jobs.square, 12).then((result) => {
    expectTypeOf(result).toEqualTypeOf<Result<number, WorkerError>>();
    seen.push(result, world.now);
  });
  void tasks.work('sum', jobs.sum, [1, 2]).then((result) => seen.push(result));
  void tasks.work('fail', jobs.failing, undefined).then((result) => {
    if (!result.ok) seen.push(result.error.message);
  });
  expect(tasks.names()).toEqual(['square', 'sum', 'fail']);
  await world.run({ forMs: 0 });
  expect(seen).toContainEqual({ ok: true, value: 144 });
  expect(seen).toContainEqual({ ok: true, value: 3 });
  expect(seen).toContain('no');
  expect(seen).toContain(0);
  expect([tasks.names(), errors]).toEqual([[], []]);
});

test('a job ends with its task, and none begins in a scope that stopped', async () => {
  const { world, tasks, errors } = bench();
  const codes: string[] = [];
  const work = (name: string) =>
    void tasks.work(name, jobs.square, 2).then((one) => codes.push(one.ok ? 'ok' : one.error.code));
  work('first');
  tasks.cancel('first');
  await world.run({ forMs: 0 });
  await tasks.stop();
  work('second');
  await world.run({ forMs: 0 });
  expect(codes).toEqual(['cancelled', 'cancelled']);
  expect(errors).toEqual([]);
  const bare = createTaskScope({ clock: world.env('10.0.0.2').clock, onError: () => {} });
  expect(() => bare.work('any', jobs.square, 2)).toThrow('needs workers');
});
