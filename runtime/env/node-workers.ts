import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../base/result.ts';
import { JOBS_WAITING_MAX } from './limits.ts';
import { WorkerError, type WorkerJob, type Workers } from './workers.ts';

/** Threads at once: enough for the cores of a small machine, each some ten megabytes. */
const THREADS_MAX = 4;

/**
 * What a thread runs, as text: a file of ours would have to be found again beside whatever a bundler
 * made of this one. Errors cross as their text, which always can.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, name, input } = workerData;
import(module)
  .then((exported) => exported[name](input))
  .then((value) => parentPort.postMessage({ ok: true, value }))
  .catch((error) => parentPort.postMessage({ ok: false, text: String(error && error.message || error) }));
`;

type Answer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly text: string };

/** Threads of this process, one for each job. */
export function createNodeWorkers(): Workers {
  let running = 0;
  /** Who waits for a place, the first in front. BOUNDED by `JOBS_WAITING_MAX`. */
  const waiting = new Set<() => void>();
  /** Resolves when there is a place, or the job needs none any more. */
  const turn = (signal: AbortSignal): Promise<'ours' | 'cancelled'> => {
    if (signal.aborted) return Promise.resolve('cancelled');
    if (running < THREADS_MAX) {
      running += 1;
      return Promise.resolve('ours');
    }
    return new Promise((resolve) => {
      const take = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve('ours');
      };
      const giveUp = (): void => {
        if (waiting.delete(take)) resolve('cancelled');
      };
      waiting.add(take);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  };
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      running -= 1;
    } else {
      // The place goes from one to the next.
      waiting.delete(next);
      next();
    }
  };
  return {
    async run(job, input, signal) {
      if (waiting.size >= JOBS_WAITING_MAX) {
        return fail(new WorkerError('full', `${JOBS_WAITING_MAX} jobs wait already`));
      }
      if ((await turn(signal)) === 'cancelled') return cancelled(job);
      const result = await runThread(job, input, signal);
      leave();
      return result;
    },
  };
}

function cancelled({ name }: WorkerJob): Result<never, WorkerError> {
  return fail(new WorkerError('cancelled', `${name} was cancelled`));
}

async function runThread(
  job: WorkerJob,
  input: unknown,
  signal: AbortSignal,
): Promise<Result<unknown, WorkerError>> {
  if (signal.aborted) return cancelled(job);
  const { module, name } = job;
  let worker: Worker;
  try {
    worker = new Worker(THREAD, { eval: true, workerData: { module: module.href, name, input } });
  } catch (error) {
    // What cannot be cloned, a function among the input for one.
    return fail(new WorkerError('failed', error instanceof Error ? error.message : String(error)));
  }
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end);
  const result = await resultOf(worker, name);
  signal.removeEventListener('abort', end);
  await worker.terminate();
  return signal.aborted ? cancelled(job) : result;
}

function resultOf(worker: Worker, name: string): Promise<Result<unknown, WorkerError>> {
  return new Promise((resolve) => {
    const failed = (text: string): void => resolve(fail(new WorkerError('failed', text)));
    worker.once('message', (answer: Answer) => {
      if (answer.ok) resolve(ok(answer.value));
      else failed(answer.text);
    });
    worker.once('error', (error) => failed(error.message));
    worker.once('messageerror', (error) => failed(error.message));
    worker.once('exit', () => failed(`the worker of ${name} ended without an answer`));
  });
}
