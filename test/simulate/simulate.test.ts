import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { simulate } from './simulate.ts';

/** In one world of ten a node's first words are lost, so that it asks again after half a minute; not in this one. */
const SMALL = { peers: 50, trackers: 3, seconds: 30, seed: 9, loss: 0.05 };

/** The command with what it wrote; `fail` stands for a run that throws. */
async function command(args: readonly string[], fail?: Error) {
  const texts = { out: '', error: '' };
  const code = await runCommand(args, {
    write: (text) => void (texts.out += text),
    writeError: (text) => void (texts.error += text),
    simulate: fail === undefined ? simulate : () => Promise.reject(fail),
  });
  return { code, ...texts };
}

test('fifty nodes find twenty neighbours each; the same seed does the same again', async () => {
  const report = await simulate(SMALL);
  expect(report.neighbours.map(({ second }) => second)).toEqual([5, 10, 15, 20, 25, 30]);
  expect(report.neighbours.at(-1)).toMatchObject({ complete: 1 });
  expect(report.neighbours[0]?.complete).toBeLessThan(0.5);
  const { send = 0, lose = 0 } = report.network;
  expect(lose / send).toBeGreaterThan(0.03);
  expect(lose / send).toBeLessThan(0.07);
  // Among honest peers nothing is unreadable.
  const unreadable = ['bad-key', 'bad-signature', 'decode', 'handler-failed', 'unknown-message'];
  expect(unreadable.filter((outcome) => outcome in report.outcomes)).toEqual([]);
  expect(await simulate(SMALL)).toEqual(report);
  expect((await simulate({ ...SMALL, seed: 10, seconds: 1 })).traceHash).not.toBe(
    (await simulate({ ...SMALL, seconds: 1 })).traceHash,
  );
});

test('the command prints samples and a summary, or all of it as JSON', async () => {
  const args = ['--peers', '5', '--trackers', '1', '--seconds', '10', '--seed', '3'];
  const text = await command(args);
  expect(text.code).toBe(0);
  expect(text.out).toMatch(/^5 s: .+ neighbours each, \d+ at least, 0\.00 % have 20\n10 s: /);
  const json = await command([...args, '--json']);
  const { cost, ...report } = JSON.parse(json.out);
  expect(Object.keys(cost)).toEqual([
    'wallSeconds',
    'cpuSeconds',
    'eventsPerSecond',
    'eventsPerCpuSecond',
    'memoryMiB',
  ]);
  expect(text.out).toContain(`trace ${report.traceHash}\n`);
  expect(report).toEqual(await simulate(report.options));
});

test('a run that fails prints the one line that replays it', async () => {
  const args = ['--peers', '5', '--seconds', '4', '--seed', '3', '--json'];
  const { code, out, error } = await command(args, new Error('broken'));
  expect([code, out]).toEqual([1, '']);
  expect(error).toContain('Error: broken');
  expect(error.trimEnd().split('\n').at(-1)).toBe(
    'replay: npm run simulate -- --peers 5 --seconds 4 --seed 3 --loss 0.05 --trackers 13',
  );
});

test('--help says what can be asked for', async () => {
  const { code, out, error } = await command(['--help']);
  expect([code, error]).toEqual([0, '']);
  for (const name of [...Object.keys(SMALL), 'json']) expect(out).toContain(`--${name} `);
});

test.each([
  [['--peers', 'many'], '--peers many: give a whole number from 1'],
  [['--seconds', '0'], '--seconds 0: give a whole number from 1'],
  [['--loss', '2'], '--loss 2: give a number from 0 to 1'],
  [['--sed', '1'], "Unknown option '--sed'"],
])('options that mean nothing: %j', async (args, message) => {
  const { code, out, error } = await command(args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(message);
});
