/** The thread in which cases run, so that one that never ends can be ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { replayCases, runCases } from './run-cases.ts';
import { FAMILIES } from './targets/index.ts';
import { type Job, type Outcome, STEP } from './watch.ts';

process.setSourceMapsEnabled(true);
// Most cases end in an error that nobody looks into.
Error.stackTraceLimit = 6;

const { job, steps } = workerData as { readonly job: Job; readonly steps: Int32Array };

async function work(): Promise<Outcome> {
  const onStep = ({
    family,
    number,
  }: {
    readonly family: number;
    readonly number: number;
  }): void => {
    Atomics.store(steps, STEP.family, family);
    Atomics.store(steps, STEP.number, number);
    Atomics.add(steps, STEP.count, 1);
  };
  try {
    const report =
      job.kind === 'replay'
        ? await replayCases(FAMILIES, job.cases, { timeLimitMs: job.timeLimitMs, onStep })
        : await runCases(FAMILIES, job.options, onStep);
    return { ok: true, report };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? (error.stack ?? '') : String(error) };
  }
}

parentPort?.postMessage(await work(), []);
