/** The end of a node: each part has its time, so that all of it takes a second at most. */
import type { RunningOverlay } from '../community/join-parts.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import type { Failures } from '../operations/failures.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { Ticker } from '../walker/ticker.ts';
import { atMost } from './at-most.ts';

/** How long a scope of a node waits for its tasks to end, in milliseconds. */
export const TASKS_TIMEOUT_MS = 600;

// Overlays, with their goodbyes and their tasks, have this long,
const OVERLAYS_TIMEOUT_MS = 700;
// tasks of overlays that did not even come to stop them, this long,
const ABANDON_TIMEOUT_MS = 100;
// and the endpoint this long.
const ENDPOINT_TIMEOUT_MS = 100;

/** What ends with a node. */
export type Parts = {
  readonly ticker: Ticker;
  /** In the order in which they were joined. */
  readonly running: readonly RunningOverlay[];
  readonly tasks: TaskScope;
  readonly endpoint: Endpoint | undefined;
  /** What is written for the next run. */
  readonly saving: Promise<void> | undefined;
};

/** In the order that `Node.stop` tells. Never rejects. */
export async function closeParts(
  { ticker, running, tasks, endpoint, saving }: Parts,
  { clock, log, failures }: Pick<Env, 'clock' | 'log'> & { readonly failures: Failures },
): Promise<void> {
  const wait = async (part: string, timeoutMs: number, end: Promise<unknown>): Promise<void> => {
    const waited = await atMost(clock, timeoutMs, end);
    if (waited === 'ended') return;
    if (waited !== 'too-long') return failures.report('leaving', waited.error);
    log.write('WARNING', 'a part did not end in time', { part, timeoutMs });
  };
  ticker.stop();
  const leaving = [...running].reverse().map((overlay) => overlay.leave());
  await wait('overlays', OVERLAYS_TIMEOUT_MS, Promise.all([...leaving, saving]));
  await wait('tasks', ABANDON_TIMEOUT_MS, tasks.stop());
  if (endpoint !== undefined) await wait('endpoint', ENDPOINT_TIMEOUT_MS, endpoint.close());
}
