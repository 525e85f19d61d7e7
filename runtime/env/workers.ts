/** Other threads, for what would keep this one from answering: proofs, large numbers, files. */
import type { Result } from '../base/result.ts';

/** What runs in a worker: takes and gives what a structured clone can carry. */
export type JobFunction = (input: never) => unknown;

/**
 * A function that a module exports, as in
 * `const job: WorkerJob<typeof prove> = { module: new URL('./prove.js', import.meta.url), name: 'prove' }`.
 * The module is loaded in the worker, so nothing of this thread is there.
 */
export type WorkerJob<F extends JobFunction = JobFunction> = {
  readonly module: URL;
  readonly name: string;
  /** Never there: it only tells the type checker what the function takes and gives. */
  readonly signature?: F;
};

export type WorkerErrorCode =
  | 'cancelled' // the signal was aborted
  | 'failed' // the job threw, or its worker ended
  | 'full'; // too many jobs wait

export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type Workers = {
  /**
   * Runs the job in a thread that has nothing else to do, as soon as there is one. When the signal is
   * aborted, the thread is ended wherever it is. Never rejects.
   */
  run(job: WorkerJob, input: unknown, signal: AbortSignal): Promise<Result<unknown, WorkerError>>;
};
