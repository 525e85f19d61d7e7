import type { Clock } from '../env/clock.ts';

/** How a wait ended: by itself, by an error, or because the time was over. */
export type Waited = 'ended' | 'too-long' | { readonly error: unknown };

/** Waits for the promise, or for the time to pass, whichever comes first. */
export function atMost(
  clock: Clock,
  timeoutMs: number,
  promise: Promise<unknown>,
): Promise<Waited> {
  return new Promise((resolve) => {
    const timer = clock.after(timeoutMs, () => resolve('too-long'));
    const end = (waited: Waited): void => {
      timer.cancel();
      resolve(waited);
    };
    promise.then(
      () => end('ended'),
      (error: unknown) => end({ error }),
    );
  });
}
