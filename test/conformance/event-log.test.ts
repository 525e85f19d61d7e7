import { expect, test } from 'vitest';
import { EventLog } from './event-log.ts';

test('whoever waits gets the first event that fits, said before or later', async () => {
  const log = new EventLog('peer', new AbortController().signal);
  log.push({ event: 'clock', clock: 1 });
  const later = log.until(({ clock }) => clock === 3, 'clock 3');
  log.push({ event: 'clock', clock: 2 });
  log.push({ event: 'clock', clock: 3 });
  await expect(later).resolves.toEqual({ event: 'clock', clock: 3 });
  await expect(log.until(({ clock }) => clock === 2, 'clock 2')).resolves.toMatchObject({
    clock: 2,
  });
});

test('when nothing more comes, who waits is told why, and what was said last', async () => {
  const timeout = new AbortController();
  const log = new EventLog('peer', timeout.signal);
  for (let clock = 0; clock < 10; clock++) log.push({ event: 'clock', clock });
  const never = log.until(({ event }) => event === 'met', 'meeting');
  timeout.abort();
  await expect(never).rejects.toThrow(/^no meeting: the case has taken too long; peer said 10/);
  await expect(never).rejects.toThrow(/"clock":9/);
  await expect(log.until(() => false, 'wonder')).rejects.toThrow('no wonder');
});
