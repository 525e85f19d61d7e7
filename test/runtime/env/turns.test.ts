import { expect, test } from 'vitest';
import { runSteps } from '../../../runtime/env/turns.ts';

async function chain(length: number, onEnd: () => void): Promise<void> {
  for (let at = 0; at < length; at++) await Promise.resolve();
  onEnd();
}

test('before each step all promise callbacks run, however long the chain', async () => {
  const seen: number[] = [];
  let ended = 0;
  await runSteps(() => {
    seen.push(ended);
    void chain(100, () => (ended += 1));
    return seen.length === 200 ? 'last' : 'next';
  });
  expect(seen).toEqual(Array.from({ length: 200 }, (_, at) => at));
});

test('a step may wait; none comes before what it waits for', async () => {
  const events: string[] = [];
  const outside = new Promise<void>((resolve) => {
    void runSteps(() => (events.push('outside') < 300 ? 'next' : 'last')).then(resolve);
  });
  await runSteps(() => {
    if (events.at(-1) !== 'outside') return 'last';
    return outside.then(() => events.push('waited'));
  });
  expect(events.length).toBe(301);
  expect(events.at(-1)).toBe('waited');
});

test.each([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['waits for what is rejected', () => Promise.reject(new Error('broken'))],
])('a step that %s ends the run', async (_, last) => {
  let steps = 0;
  const run = runSteps(() => {
    steps += 1;
    return steps === 70 ? last() : 'next';
  });
  await expect(run).rejects.toThrow('broken');
  await runSteps(() => 'last');
  expect(steps).toBe(70);
});
