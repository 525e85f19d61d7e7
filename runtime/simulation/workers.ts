/** Jobs of workers in a simulated world: they run here, and take no virtual time. */
import { fail, ok } from '../base/result.ts';
import { WorkerError, type Workers } from '../env/workers.ts';

/**
 * Jobs run in this thread. Loading their modules takes real time, so `outside` holds each until it
 * has ended, and the world waits for all of them before time moves on: a run stays the same.
 */
export function createInlineWorkers(outside: Set<Promise<unknown>>): Workers {
  return {
    run({ module, name }, input, signal) {
      const running = (async () => {
        try {
          const exported = (await import(module.href)) as Readonly<Record<string, unknown>>;
          const job = exported[name];
          if (typeof job !== 'function')
            throw new Error(`${name} is no function of ${module.href}`);
          // As a thread does: nothing is shared.
          const value: unknown = await job(structuredClone(input));
          if (signal.aborted) return fail(new WorkerError('cancelled', `${name} was cancelled`));
          return ok(structuredClone(value));
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          return fail(new WorkerError('failed', text));
        }
      })();
      outside.add(running);
      void running.finally(() => outside.delete(running));
      return running;
    },
  };
}
