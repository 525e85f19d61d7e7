/** `npm run fuzz`: options in, findings out. */
import { parseArgs } from 'node:util';
import { bundleFuzzer } from './bundle.ts';
import { CORPUS, readCase, readCorpus, storeCase, type StoredCase } from './corpus.ts';
import { choose, type Failure, inputOf, type RunOptions, type RunReport } from './run-cases.ts';
import { FAMILIES } from './targets/index.ts';
import { drawSeed } from '../seed.ts';
import { type Hang, type Job, watch } from './watch.ts';

const HELP = `npm run fuzz -- [--cases N] [--seed K] [--target NAME] [--case NUMBER] [--replay FILE]

  --cases   how many, of all targets together; 100000 unless given
  --seed    the run's chance; another each time unless given
  --target  the beginning of target names: ${FAMILIES.map(({ name }) => name).join(', ')}, or decoders/dht.
  --case    only the case of this number
  --replay  a stored case, or ${CORPUS} for all of them

What fails is made small and stored in ${CORPUS}.
`;

/** A case that takes longer, measured three times more, is a finding. */
export const TIME_LIMIT_MS = 10;

/** Nobody looks at more at once. */
const FINDINGS_MAX = 10;

/** What the command is given by the process, or by a test. */
export type CommandParts = {
  readonly write: (text: string) => void;
  /** Where findings are stored. */
  readonly corpus: string;
};

/** Runs it and gives the exit code: 1 for findings, 2 for options that mean nothing. */
export async function runCommand(args: readonly string[], parts: CommandParts): Promise<number> {
  const { write } = parts;
  if (args.includes('--help')) {
    write(HELP);
    return 0;
  }
  const parsed = parseOptions(args, parts.corpus);
  if ('problem' in parsed) {
    write(`${parsed.problem}\n\n${HELP}`);
    return 2;
  }
  const startedMs = performance.now();
  const bundle = await bundleFuzzer();
  try {
    const watched = await watch(bundle.file, parsed.job);
    if ('hang' in watched) {
      await reportHang(watched.hang, parsed.job, parts);
      return 1;
    }
    if (!watched.outcome.ok) {
      write(`${watched.outcome.reason}\n`);
      return 2;
    }
    const { report } = watched.outcome;
    const isReplay = parsed.job.kind === 'replay';
    for (const failure of report.failures) reportFailure(failure, parts, isReplay);
    write(summaryOf(report, parsed.job, (performance.now() - startedMs) / 1_000));
    return report.failures.length === 0 ? 0 : 1;
  } finally {
    bundle.remove();
  }
}

type Parsed = { readonly job: Job } | { readonly problem: string };

function parseOptions(args: readonly string[], corpus: string): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cases: { type: 'string', default: '100000' },
        seed: { type: 'string', default: String(drawSeed()) },
        target: { type: 'string' },
        case: { type: 'string' },
        replay: { type: 'string' },
      },
    });
    if (values.replay !== undefined) {
      return {
        job: { kind: 'replay', cases: casesAt(values.replay, corpus), timeLimitMs: TIME_LIMIT_MS },
      };
    }
    const options: RunOptions = {
      cases: whole('cases', values.cases, 1),
      seed: whole('seed', values.seed, 0),
      timeLimitMs: TIME_LIMIT_MS,
      findingsMax: FINDINGS_MAX,
      ...(values.target === undefined ? {} : { only: values.target }),
      ...(values.case === undefined ? {} : { number: whole('case', values.case, 0) }),
    };
    return { job: { kind: 'run', options } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function casesAt(path: string, corpus: string): readonly StoredCase[] {
  return path.endsWith('.json') ? [readCase(path)] : readCorpus(path === '' ? corpus : path);
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new Error(`--${name} ${text}: give a whole number from ${min}`);
}

function reportFailure(failure: Failure, { corpus, write }: CommandParts, isReplay: boolean): void {
  write(
    `\n${failure.target}, case ${failure.number}, ${failure.input.length} bytes:\n${failure.what}\n`,
  );
  if (isReplay) return;
  write(`replay: ${replayLine(storeCase(failure, corpus))}\n`);
}

/** The line that runs a stored case again. */
export function replayLine(file: string): string {
  return `npm run fuzz -- --replay ${file}`;
}

/** What hangs is stored as it was drawn: making it smaller would hang as well. */
async function reportHang(
  { family, number }: Hang,
  job: Job,
  { corpus, write }: CommandParts,
): Promise<void> {
  if (job.kind === 'replay') {
    write(`\n${job.cases[number]?.file ?? 'a case'} does not end\n`);
    return;
  }
  const chosen = (await choose(FAMILIES, job.options)).find(({ at }) => at === family);
  const target = chosen?.targets[number % chosen.targets.length];
  if (target === undefined) throw new Error(`no family has number ${family}`);
  const input = inputOf(target, { seed: job.options.seed, number });
  const what = 'Hang: does not come to an end';
  reportFailure(
    { target: target.name, form: target.form, number, input, what },
    { corpus, write },
    false,
  );
}

function summaryOf({ cases, failures }: RunReport, job: Job, seconds: number): string {
  const counts = Object.entries(cases).map(([name, count]) => `${count} ${name}`);
  const seed = job.kind === 'run' ? `, seed ${job.options.seed}` : '';
  return `${counts.join(', ')}${seed}: ${failures.length} findings in ${seconds.toFixed(1)} s\n`;
}
