/** The command `seeds`: options in, a report out. */
import { parseArgs } from 'node:util';
import type { Outcome, Scenario } from './scenario.ts';
import { shrinkFaults } from './shrink.ts';

export type CommandParts = {
  readonly write: (text: string) => void;
  readonly scenario: Scenario;
};

const HELP = `npm run seeds -- [options]

  --count N      seeds to run, each a minute of faults (20)
  --first N      the first of them (1)
  --seed N       this one alone
  --only N,N     of that seed, only the faults with these numbers; none for none
  --traces       also the digest of each run that went well

A seed that fails is shrunk to the fewest faults, and the line that replays it is printed.
`;

type Options = {
  readonly first: number;
  readonly count: number;
  readonly only: readonly number[] | undefined;
  /** Prints the digest of each run that went well. */
  readonly showsTraces: boolean;
};

/** Runs it and gives the exit code: 1 when a seed failed, 2 for options that mean nothing. */
export async function runCommand(args: readonly string[], parts: CommandParts): Promise<number> {
  const { write, scenario } = parts;
  if (args.includes('--help')) {
    write(HELP);
    return 0;
  }
  const options = parseOptions(args);
  if (typeof options === 'string') {
    write(`${options}\n`);
    return 2;
  }
  const { first, count, only, showsTraces } = options;
  let failed = 0;
  for (let seed = first; seed < first + count; seed++) {
    const outcome = await scenario(seed, only);
    if (outcome.failure === undefined) {
      if (showsTraces) write(`seed ${seed}: ok, trace ${outcome.traceHash}\n`);
      continue;
    }
    failed += 1;
    const all = [...outcome.faults.keys()];
    const fewest = await shrinkFaults(scenario, seed, only ?? all);
    // What failed with fewer faults may be another failure; the line is for the one it names.
    const shrunk = await scenario(seed, fewest);
    write(printFailure(seed, shrunk, fewest));
  }
  write(`${count - failed} of ${count} seeds are well\n`);
  return failed === 0 ? 0 : 1;
}

function printFailure(seed: number, outcome: Outcome, numbers: readonly number[]): string {
  const lines = numbers.map((number) => {
    const { name = '', atMs = 0, forMs = 0 } = outcome.faults[number] ?? {};
    return `  fault ${number}: ${name}, at ${atMs} ms for ${forMs} ms\n`;
  });
  const only = numbers.length === 0 ? 'none' : numbers.join(',');
  const replay = `replay: npm run seeds -- --seed ${seed} --only ${only}\n`;
  return `seed ${seed} fails: ${outcome.failure}\n${lines.join('')}${replay}`;
}

function parseOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        count: { type: 'string', default: '20' },
        first: { type: 'string', default: '1' },
        seed: { type: 'string' },
        only: { type: 'string' },
        traces: { type: 'boolean', default: false },
      },
    });
    const { seed, only } = values;
    if (seed === undefined && only !== undefined) return '--only is for one --seed';
    return {
      first: whole('seed', seed ?? values.first, 0),
      count: seed === undefined ? whole('count', values.count, 1) : 1,
      only: only === undefined ? undefined : numbersOf(only),
      showsTraces: values.traces,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function numbersOf(text: string): readonly number[] {
  return text === 'none' ? [] : text.split(',').map((each) => whole('only', each, 0));
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= min) return value;
  throw new Error(`--${name} ${text}: give a whole number from ${min}`);
}
