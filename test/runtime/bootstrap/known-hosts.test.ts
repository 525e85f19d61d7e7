import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { createKnownHosts } from '../../../runtime/bootstrap/known-hosts.ts';
import { ADDRESSES_PER_NAME_MAX } from '../../../runtime/bootstrap/limits.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';

const one = createAddress('127.0.0.1', 8090);
const six = createAddress('::1', 8091);
const name = createAddress('tracker.example', 6421);

function setUp(hosts: readonly Address[], hostsAre: 'trackers' | 'peers' = 'peers') {
  const lines: string[] = [];
  const world = createWorld({
    seed: 1,
    log: {
      isOn: () => true,
      write: (level, text, fields) =>
        void lines.push(`${level} ${text} ${String(fields?.['reason'])}`),
    },
  });
  const env = world.env('10.0.0.1');
  const failures: unknown[] = [];
  const tasks = createTaskScope({ clock: env.clock, onError: (error) => failures.push(error) });
  const known = createKnownHosts({
    env,
    tasks,
    overlay: 'Mine',
    hosts,
    timeoutMs: 30_000,
    hostsAre,
  });
  const given = (): readonly string[] => known.addresses().map(printAddress);
  return { world, tasks, known, given, lines, failures };
}

test('all hosts are given, then none until the timeout has passed', async () => {
  const { world, given } = setUp([one, six]);
  const both = [printAddress(one), printAddress(six)];
  expect(given()).toEqual(both);
  expect(given()).toEqual([]);
  await world.run({ forMs: 29_999 });
  expect(given()).toEqual([]);
  await world.run({ forMs: 1 });
  expect(given()).toEqual(both);
});

test('a name is given when it was found, and to trackers belongs who has it', async () => {
  const { world, known, given, lines } = setUp([one, name], 'trackers');
  world.name('tracker.example', ['10.0.0.9', '2001:db8::9']);
  expect(known.trackers).toEqual([one]);
  const before = known.hosts;
  expect(known.hosts).toBe(before);
  expect(given()).toEqual(['127.0.0.1:8090']);
  await world.run({ forMs: 100 });
  expect(given()).toEqual(['10.0.0.9:6421', '[2001:db8::9]:6421']);
  expect(given()).toEqual([]);
  expect(known.trackers.map(printAddress)).toEqual([
    '127.0.0.1:8090',
    '10.0.0.9:6421',
    '[2001:db8::9]:6421',
  ]);
  expect(lines).toEqual([]);
});

test('hosts that are peers are no trackers', () => {
  expect(setUp([one]).known.trackers).toEqual([]);
});

test('a name that moves is found again; where it was is kept while nobody can be asked', async () => {
  const { world, known, given } = setUp([name]);
  world.name('tracker.example', ['10.0.0.8']);
  given();
  await world.run({ forMs: 30_000 });
  expect(given()).toEqual(['10.0.0.8:6421']);
  world.name('tracker.example', []);
  await world.run({ forMs: 30_000 });
  expect(given()).toEqual(['10.0.0.8:6421']);
  world.name('tracker.example', ['10.0.0.9']);
  await world.run({ forMs: 100 });
  expect(given()).toEqual(['10.0.0.9:6421']);
  expect(known.hosts.map(printAddress)).toEqual(['10.0.0.9:6421']);
});

test.each([
  ['nobody has it', []],
  ['nobody answers', 'silent'],
] as const)(
  'a lookup that fails because %s is counted, said once, and tried again',
  async (_, hosts) => {
    const { world, known, given, lines, failures } = setUp([name]);
    world.name('tracker.example', hosts);
    for (let round = 0; round < 4; round++) {
      given();
      await world.run({ forMs: 30_000 });
    }
    expect(known.failedLookups).toBe(4);
    expect(lines).toEqual([
      'INFO host not found; it is looked up again cannot look up "tracker.example": not found',
    ]);
    world.name('tracker.example', ['10.0.0.9']);
    given();
    await world.run({ forMs: 100 });
    expect(given()).toEqual(['10.0.0.9:6421']);
    expect(failures).toEqual([]);
  },
);

test('a name with ten times the addresses that are kept', async () => {
  const { world, known, given } = setUp([name]);
  const hosts = Array.from({ length: 10 * ADDRESSES_PER_NAME_MAX }, (_, at) => `10.1.0.${at}`);
  world.name('tracker.example', hosts);
  given();
  await world.run({ forMs: 100 });
  expect(given()).toHaveLength(ADDRESSES_PER_NAME_MAX);
  expect(known.hosts).toHaveLength(ADDRESSES_PER_NAME_MAX);
});

test('a lookup under way ends with the overlay', async () => {
  const { world, tasks, known, given } = setUp([name]);
  world.name('tracker.example', 'silent');
  given();
  const stopped = tasks.stop();
  await world.run({ forMs: 0 });
  await expect(stopped).resolves.toBeUndefined();
  expect(known.failedLookups).toBe(0);
});
