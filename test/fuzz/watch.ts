/** Runs the fuzzer in a thread of its own and ends it when a case does not end. */
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StoredCase } from './corpus.ts';
import type { RunOptions, RunReport } from './run-cases.ts';

/** What the thread is to do. */
export type Job =
  | { readonly kind: 'run'; readonly options: RunOptions }
  | {
      readonly kind: 'replay';
      readonly cases: readonly StoredCase[];
      readonly timeLimitMs: number | undefined;
    };

export type Outcome =
  | { readonly ok: true; readonly report: RunReport }
  /** The fuzzer itself failed. */
  | { readonly ok: false; readonly reason: string };

/** Where in the memory they share the thread says which case it is at. */
export const STEP = { count: 0, family: 1, number: 2 } as const;

/** A case that has not come to its end. */
export type Hang = { readonly family: number; readonly number: number };

/** Without a new case for so long, the last one hangs. Far longer than any takes, on any machine. */
const HANG_MS = 60_000;

/** How often it is looked at. */
const LOOK_MS = 500;

/** Runs the job; `hang` is there when it had to be ended. */
export async function watch(
  bundle: string,
  job: Job,
  hangMs: number = HANG_MS,
): Promise<{ readonly outcome: Outcome } | { readonly hang: Hang }> {
  const steps = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(resolve(bundle), { workerData: { job, steps } });
  let looked = { count: 0, atMs: performance.now() };
  let look: NodeJS.Timeout | undefined;
  try {
    return await new Promise((done, fail) => {
      worker.once('error', fail);
      worker.once('message', (outcome: Outcome) => done({ outcome }));
      worker.once('exit', (code) => fail(new Error(`the fuzzer ended with code ${code}`)));
      look = setInterval(() => {
        const count = Atomics.load(steps, STEP.count);
        if (count !== looked.count || count === 0) looked = { count, atMs: performance.now() };
        if (performance.now() - looked.atMs < hangMs) return;
        const family = Atomics.load(steps, STEP.family);
        done({ hang: { family, number: Atomics.load(steps, STEP.number) } });
      }, LOOK_MS);
    });
  } finally {
    clearInterval(look);
    await worker.terminate();
  }
}
