import { expect, test } from 'vitest';
import { repeat, type Round } from './repeat.ts';

function run(args: readonly string[], rounds: (seed: number) => Round) {
  const seeds: number[] = [];
  const lines: string[] = [];
  let nowMs = 0;
  const code = repeat(args, {
    write: (text) => void lines.push(text),
    drawSeed: () => 40,
    now: () => (nowMs += 1_500),
    run(seed) {
      seeds.push(seed);
      return rounds(seed);
    },
  });
  return { code, seeds, output: lines.join('') };
}

const passed: Round = { passed: true, output: '' };

test('each run has a seed of its own', () => {
  const { code, output, seeds } = run(['3'], () => passed);
  expect(code).toBe(0);
  expect(seeds).toEqual([40, 41, 42]);
  expect(output).toContain('3 of 3, seed 42: passed in 1.5 s\n');
});

test('the first failure ends it, and the line that replays it is the last', () => {
  const failed: Round = { passed: false, output: 'what failed' };
  const { code, output, seeds } = run(['100', '--seed', '7'], (seed) =>
    seed === 9 ? failed : passed,
  );
  expect(code).toBe(1);
  expect(seeds).toEqual([7, 8, 9]);
  expect(output).toContain('what failed');
  expect(output.trimEnd().split('\n').at(-1)).toBe(
    'replay: TEST_SEED=9 npm run test:unit -- --sequence.shuffle.files --sequence.seed=9',
  );
});

test('seeds stay seeds', () => {
  expect(run(['2', '--seed', '2147483647'], () => passed).seeds).toEqual([2_147_483_647, 0]);
});

test.each([[[]], [['x']], [['0']], [['1', '2']], [['1', '--seed', '-1']], [['--what']]])(
  'options that mean nothing: %s',
  (args) => {
    const { code, output, seeds } = run(args, () => passed);
    expect(code).toBe(2);
    expect(seeds).toEqual([]);
    expect(output).toContain('npm run repeat -- COUNT');
  },
);
