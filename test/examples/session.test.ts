import { afterEach, expect, test } from 'vitest';
import { runFor } from '../../examples/session.ts';

const before = process.listeners('SIGINT');

afterEach(() => {
  for (const listener of process.listeners('SIGINT')) {
    if (!before.includes(listener)) process.off('SIGINT', listener);
  }
});

test('Ctrl-C that arrives twice, as npm passes it on, does not cut the stopping short', async () => {
  const ending = runFor(60);
  expect(process.emit('SIGINT')).toBe(true);
  expect(await ending).toBe('interrupted');
  // Without a listener the signal would end the process at once.
  expect(process.listenerCount('SIGINT')).toBe(before.length + 1);
});
