/** The unit suite again and again: what fails once in a hundred runs is found before somebody else finds it. */
import { parseArgs } from 'node:util';

/** What one run of the suite came to. */
export type Round = { readonly passed: boolean; readonly output: string };

/** What vitest is told besides: each seed has an order of the files, which share their processes. */
export function orderOf(seed: number): readonly string[] {
  return ['--sequence.shuffle.files', `--sequence.seed=${seed}`];
}

/** What the command is given by the process, or by a test. */
export type RepeatParts = {
  readonly write: (text: string) => void;
  /** Runs the suite with the seed in its environment. */
  readonly run: (seed: number) => Round;
  readonly drawSeed: () => number;
  /** Milliseconds, from any start. */
  readonly now: () => number;
};

const HELP = `npm run repeat -- COUNT [--seed K]

Runs the unit suite COUNT times and stops at the first failure. Each run has a seed of its own, one
above the last, and runs the files in an order of its own; K is the first seed.
`;

/** Runs it and gives the exit code: 1 for a failure, 2 for options that mean nothing. */
export function repeat(args: readonly string[], parts: RepeatParts): number {
  const { now, run, write } = parts;
  const options = parseOptions(args, parts);
  if (typeof options === 'string') {
    write(`${options}\n\n${HELP}`);
    return 2;
  }
  const { count, seed: first } = options;
  for (let round = 0; round < count; round++) {
    const seed = (first + round) % 2 ** 31;
    const startedMs = now();
    const { output, passed } = run(seed);
    const seconds = ((now() - startedMs) / 1_000).toFixed(1);
    write(
      `${round + 1} of ${count}, seed ${seed}: ${passed ? 'passed' : 'failed'} in ${seconds} s\n`,
    );
    if (passed) continue;
    write(
      `\n${output}\nreplay: TEST_SEED=${seed} npm run test:unit -- ${orderOf(seed).join(' ')}\n`,
    );
    return 1;
  }
  return 0;
}

function parseOptions(
  args: readonly string[],
  { drawSeed }: RepeatParts,
): string | { readonly count: number; readonly seed: number } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { seed: { type: 'string' } },
      allowPositionals: true,
    });
    const [count, ...more] = positionals;
    if (count === undefined || more.length > 0) return 'say how often';
    return {
      count: whole('COUNT', count, 1),
      seed: values.seed === undefined ? drawSeed() : whole('--seed', values.seed, 0),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min && value < 2 ** 31) return value;
  throw new Error(`${name} ${text}: give a whole number from ${min}`);
}
