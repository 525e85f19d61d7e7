import { expect, test } from 'vitest';
import { TEST_EFFORT } from '../effort.ts';
import { runCommand } from './command.ts';
import { drawFaults } from './faults.ts';
import { liveTown, type Scenario } from './scenario.ts';
import { shrinkFaults } from './shrink.ts';
import { HOSTS, Town } from './town.ts';

async function command(args: readonly string[], scenario: Scenario) {
  let text = '';
  const code = await runCommand(args, { write: (part) => void (text += part), scenario });
  return { code, text };
}

/** Draws the real faults, and fails by those of one kind; no world is run. */
function failsBy(kind: string): Scenario {
  return async (seed, only) => {
    const faults = drawFaults(seed, HOSTS);
    const here = faults.filter((_, number) => only?.includes(number) !== false);
    const culprit = here.find(({ name }) => name.startsWith(kind));
    const failure = culprit === undefined ? undefined : `not well after ${culprit.name}`;
    return { failure, faults, traceHash: '' };
  };
}

test('--help names every option, and runs nothing', async () => {
  const { code, text } = await command(['--help'], () => Promise.reject(new Error('it ran')));
  expect(code).toBe(0);
  for (const option of ['count', 'first', 'seed', 'only', 'traces']) {
    expect(text).toContain(`--${option} `);
  }
});

/** Whoever starts the command without `--count` gets all of them, as CI does. */
const SEEDS = 3 * TEST_EFFORT;

test('seeds are well a minute after their last fault, each its own way and always the same', async () => {
  const args = ['--count', String(SEEDS), '--traces'];
  const { code, text } = await command(args, liveTown);
  expect(code).toBe(0);
  const lines = text.trimEnd().split('\n');
  expect(lines.pop()).toBe(`${SEEDS} of ${SEEDS} seeds are well`);
  expect(new Set(lines.map((line) => line.split('trace ')[1])).size).toBe(SEEDS);
  expect(await command(args, liveTown)).toEqual({ code, text });
});

test('a fault less is another run', async () => {
  const all = await liveTown(1);
  const fewer = await liveTown(1, [...all.faults.keys()].slice(1));
  expect(fewer.traceHash).not.toBe(all.traceHash);
});

test('all kinds of faults are drawn, and some time passes before all is well', async () => {
  const names = Array.from({ length: 100 }, (_, seed) => drawFaults(seed, HOSTS)).flat();
  const kinds = new Set(names.map(({ name }) => name.split(' ')[0]));
  expect(kinds.size).toBe(12);
  const town = new Town(1);
  await town.start();
  expect(town.missing().length).toBe(28);
  const everybody = town.world.partition(HOSTS.slice(0, 3), HOSTS.slice(3));
  await town.world.run({ forMs: 120_000 });
  expect(town.missing().length).toBeGreaterThan(0);
  everybody();
  const isWell = (): boolean => town.missing().length === 0;
  expect(await town.world.runUntil(isWell, { withinMs: 60_000 })).toBe(true);
});

test('a seed that fails is shrunk to what matters, and its line replays it', async () => {
  const scenario = failsBy('crash');
  const { code, text } = await command(['--count', '5'], scenario);
  expect(code).toBe(1);
  const lines = text.split('\n').filter((line) => line.startsWith('replay: '));
  expect(lines.length).toBeGreaterThan(0);
  expect(text).toContain(`${5 - lines.length} of 5 seeds are well`);
  for (const line of lines) {
    const words = line.split(' ');
    expect(words.slice(0, 5)).toEqual(['replay:', 'npm', 'run', 'seeds', '--']);
    expect(words.at(-1)).toMatch(/^\d$/);
    const again = await command(words.slice(5), scenario);
    expect(again.code).toBe(1);
    expect(again.text).toContain(line);
    expect(again.text).toMatch(/fault \d: crash of .+, at \d+ ms for \d+ ms/);
  }
});

test('what fails without any fault is shrunk to none', async () => {
  const scenario: Scenario = async (seed) => ({
    failure: 'always',
    faults: drawFaults(seed, HOSTS),
    traceHash: '',
  });
  expect(await shrinkFaults(scenario, 1, [0, 1, 2])).toEqual([]);
  const { text } = await command(['--seed', '1'], scenario);
  expect(text).toContain('replay: npm run seeds -- --seed 1 --only none\n');
  expect(await command(['--seed', '1', '--only', 'none', '--traces'], liveTown)).toEqual({
    code: 0,
    text: expect.stringMatching(/^seed 1: ok, trace [0-9a-f]{64}\n1 of 1 seeds are well\n$/),
  });
});

test.each([
  [['--count', '0'], '--count 0: give a whole number from 1'],
  [['--seed', 'x'], '--seed x: give a whole number from 0'],
  [['--only', '1'], '--only is for one --seed'],
  [['--seeds', '1'], "Unknown option '--seeds'"],
])('options that mean nothing: %j', async (args, message) => {
  const { code, text } = await command(args, liveTown);
  expect(code).toBe(2);
  expect(text).toContain(message);
});
