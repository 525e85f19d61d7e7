import { expect, test } from 'vitest';
import { createWorld, type World } from '../../../runtime/simulation/index.ts';
import { createTaskScope, type TaskScope } from '../../../runtime/tasks/task-scope.ts';

type Bench = { readonly world: World; readonly tasks: TaskScope; readonly errors: string[] };

function bench(): Bench {
  const world = createWorld({ seed: 1 });
  const errors: string[] = [];
  const { clock } = world.env('10.0.0.1');
  const onError = (error: unknown, name: string): void => {
    errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  };
  return { world, tasks: createTaskScope({ clock, onError }), errors };
}

/** A promise and the function that keeps it. */
function promise(): { readonly kept: Promise<void>; readonly keep: () => void } {
  let keep = (): void => {};
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
}

const fail = (message: string): never => {
  throw new Error(message);
};

test('run starts at once and is active until its action has ended', async () => {
  const { world, tasks } = bench();
  const { kept, keep } = promise();
  let isStarted = false;
  expect(
    tasks.run('work', () => {
      isStarted = true;
      return kept;
    }),
  ).toBe(true);
  expect(isStarted).toBe(true);
  expect(tasks.isActive('work')).toBe(true);
  keep();
  await world.run({ forMs: 0 });
  expect(tasks.isActive('work')).toBe(false);
});

test('after waits for its delay and runs once', async () => {
  const { world, tasks } = bench();
  const times: number[] = [];
  tasks.after('later', 250, () => void times.push(world.now));
  expect(tasks.isActive('later')).toBe(true);
  await world.run({ forMs: 1_000 });
  expect(times).toEqual([250]);
  expect(tasks.isActive('later')).toBe(false);
});

test('repeat runs first after one interval, or after the delay that is given', async () => {
  const { world, tasks } = bench();
  const plain: number[] = [];
  const delayed: number[] = [];
  tasks.repeat('plain', { intervalMs: 100 }, () => void plain.push(world.now));
  tasks.repeat('delayed', { intervalMs: 100, delayMs: 0 }, () => void delayed.push(world.now));
  await world.run({ forMs: 320 });
  expect(plain).toEqual([100, 200, 300]);
  expect(delayed).toEqual([0, 100, 200, 300]);
});

test('runs of a repeating task keep their beat and never overlap: what is due meanwhile is left out', async () => {
  const { world, tasks } = bench();
  const { clock } = world.env('10.0.0.1');
  const starts: number[] = [];
  let running = 0;
  tasks.repeat('slow', { intervalMs: 100 }, async () => {
    running += 1;
    expect(running).toBe(1);
    starts.push(world.now);
    const tookMs = starts.length === 1 ? 250 : 10;
    await new Promise<void>((resolve) => void clock.after(tookMs, resolve));
    running -= 1;
  });
  await world.run({ forMs: 620 });
  expect(starts).toEqual([100, 400, 500, 600]);
});

test('an interval that is no whole number of anything does not drift', async () => {
  const { world, tasks } = bench();
  let last = 0;
  let count = 0;
  tasks.repeat('third', { intervalMs: 1_000 / 3 }, () => {
    count += 1;
    last = world.now;
  });
  await world.run({ forMs: 100_000.5 });
  expect(count).toBe(300);
  expect(last).toBeCloseTo(100_000, 1);
});

test('an action that throws or rejects is reported by name and does not end a repeating task', async () => {
  const { world, tasks, errors } = bench();
  tasks.repeat('throws', { intervalMs: 100 }, () => fail('no'));
  tasks.repeat('rejects', { intervalMs: 100 }, async () => fail('never'));
  tasks.run('once', () => fail('not even once'));
  tasks.after('later', 10, async () => fail('nor later'));
  await world.run({ forMs: 250 });
  expect(errors).toEqual([
    'once: not even once',
    'later: nor later',
    'throws: no',
    'rejects: never',
    'throws: no',
    'rejects: never',
  ]);
  expect(tasks.names()).toEqual(['throws', 'rejects']);
});

test('an active name is refused; a free one is not', async () => {
  const { world, tasks } = bench();
  tasks.after('name', 100, () => {});
  expect(() => tasks.run('name', () => {})).toThrow('task "name" is active already');
  expect(() => tasks.repeat('name', { intervalMs: 5 }, () => {})).toThrow('active already');
  await world.run({ forMs: 100 });
  expect(tasks.after('name', 100, () => {})).toBe(true);
});

test('delays and intervals that mean nothing are mistakes', () => {
  const { tasks } = bench();
  expect(() => tasks.after('a', -1, () => {})).toThrow('delay of task "a"');
  expect(() => tasks.after('a', Number.NaN, () => {})).toThrow('delay of task "a"');
  expect(() => tasks.repeat('a', { intervalMs: 0 }, () => {})).toThrow('interval of task "a"');
  expect(() => tasks.repeat('a', { intervalMs: Number.NaN }, () => {})).toThrow('interval');
});

test('anonymous tasks may be active any number of times', async () => {
  const { world, tasks } = bench();
  const { kept, keep } = promise();
  for (let count = 0; count < 3; count++) tasks.runAnonymous('answer', () => kept);
  expect(tasks.names()).toEqual(['answer 1', 'answer 2', 'answer 3']);
  keep();
  await world.run({ forMs: 0 });
  expect(tasks.names()).toEqual([]);
});

test('a cancelled task does not fire, its name is free, and a running action sees its signal', async () => {
  const { world, tasks, errors } = bench();
  const { kept, keep } = promise();
  let count = 0;
  let signal: AbortSignal | undefined;
  tasks.after('later', 10, () => void (count += 1));
  tasks.repeat('often', { intervalMs: 10, delayMs: 0 }, () => {
    count += 1;
    if (count === 2) tasks.cancel('often');
  });
  tasks.run('long', (given) => {
    signal = given;
    return kept;
  });
  expect(tasks.cancel('later')).toBe(true);
  expect(tasks.cancel('later')).toBe(false);
  expect(tasks.cancel('long')).toBe(true);
  expect(tasks.isActive('long')).toBe(false);
  expect(signal?.aborted).toBe(true);
  expect(tasks.run('long', () => {})).toBe(true);
  keep();
  await world.run({ forMs: 100 });
  expect(count).toBe(2);
  expect(errors).toEqual([]);
});

test('the old action coming to its end does not end the new task of the same name', async () => {
  const { world, tasks } = bench();
  const { kept, keep } = promise();
  tasks.run('name', () => kept);
  tasks.cancel('name');
  tasks.after('name', 100, () => {});
  keep();
  await world.run({ forMs: 50 });
  expect(tasks.isActive('name')).toBe(true);
});

test('giving up with the reason of the signal is no error; another error after cancelling is', async () => {
  const { world, tasks, errors } = bench();
  const waits = (signal: AbortSignal): Promise<void> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  tasks.run('obedient', waits);
  tasks.run('broken', (signal) => waits(signal).catch(() => fail('while giving up')));
  tasks.cancel('obedient');
  tasks.cancel('broken');
  await world.run({ forMs: 0 });
  expect(errors).toEqual(['broken: while giving up']);
});

test('replace cancels, and the new task begins when the old action has ended', async () => {
  const { world, tasks } = bench();
  const first = promise();
  const events: string[] = [];
  tasks.run('name', () => first.kept.then(() => void events.push('first ended')));
  tasks.replace('name', {}, () => void events.push('second, replaced before it began'));
  tasks.replace('name', {}, () => void events.push('third'));
  expect(tasks.isActive('name')).toBe(true);
  expect(events).toEqual([]);
  first.keep();
  await world.run({ forMs: 0 });
  expect(events).toEqual(['first ended', 'third']);
});

test('replace of a waiting task, or of none, takes effect at once', async () => {
  const { world, tasks } = bench();
  const events: string[] = [];
  tasks.after('name', 10, () => void events.push('old'));
  tasks.replace('name', { delayMs: 20 }, () => void events.push('new'));
  tasks.replace('other', { intervalMs: 50 }, () => void events.push('repeated'));
  await world.run({ forMs: 100 });
  expect(events).toEqual(['new', 'repeated', 'repeated']);
});

test('stop cancels timers, waits for actions, and nothing starts or fires afterwards', async () => {
  const { world, tasks, errors } = bench();
  const { kept, keep } = promise();
  const events: string[] = [];
  tasks.after('later', 10, () => void events.push('fired'));
  tasks.repeat('often', { intervalMs: 10 }, () => void events.push('fired'));
  tasks.run('long', async (signal) => {
    await kept;
    events.push(`ended, aborted: ${signal.aborted}`);
  });
  let isStopped = false;
  const stopped = tasks.stop().then(() => {
    isStopped = true;
  });
  expect(tasks.isStopped).toBe(true);
  expect(tasks.run('new', () => void events.push('started'))).toBe(false);
  expect(tasks.after('new', 1, () => {})).toBe(false);
  expect(tasks.repeat('new', { intervalMs: 1 }, () => {})).toBe(false);
  expect(tasks.replace('new', {}, () => {})).toBe(false);
  await world.run({ forMs: 100 });
  expect(isStopped).toBe(false);
  keep();
  await world.run({ forMs: 0 });
  expect(isStopped).toBe(true);
  await stopped;
  expect(tasks.stop()).toBe(tasks.stop());
  await world.run({ forMs: 10_000 });
  expect(events).toEqual(['ended, aborted: true']);
  expect(errors).toEqual([]);
});

test('an action that ignores its signal is waited for one second, then named', async () => {
  const { world, tasks, errors } = bench();
  tasks.run('stubborn', () => new Promise<void>(() => {}));
  let stoppedAt: number | undefined;
  void tasks.stop().then(() => {
    stoppedAt = world.now;
  });
  await world.run({ forMs: 5_000 });
  expect(stoppedAt).toBe(1_000);
  expect(errors).toEqual(['stubborn: still running 1000 ms after its scope was stopped']);
});

test('a child stops with its parent or alone, and reports under its name', async () => {
  const { world, tasks, errors } = bench();
  const events: string[] = [];
  const early = tasks.child('early');
  const late = tasks.child('late').child('grandchild');
  const { kept, keep } = promise();
  early.repeat('tick', { intervalMs: 10 }, () => void events.push('early'));
  late.repeat('tick', { intervalMs: 10 }, () => fail('broken'));
  late.run('long', () => kept);
  await world.run({ forMs: 10 });
  await early.stop();
  await world.run({ forMs: 10 });
  let isStopped = false;
  void tasks.stop().then(() => {
    isStopped = true;
  });
  await world.run({ forMs: 0 });
  expect(isStopped).toBe(false);
  expect(late.isStopped).toBe(true);
  keep();
  await world.run({ forMs: 100 });
  expect(isStopped).toBe(true);
  expect(events).toEqual(['early']);
  expect(errors).toEqual(['late/grandchild/tick: broken', 'late/grandchild/tick: broken']);
  expect(tasks.child('born dead').run('any', () => {})).toBe(false);
});
