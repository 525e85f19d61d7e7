import { assert } from '../base/assert.ts';
import type { Clock } from './clock.ts';

/** Node fires timers with a longer delay at once (2^31 − 1 ms, about 24.8 days). */
const DELAY_MS_MAX = 0x7fffffff;

/** The clock of this process. */
export function createNodeClock(): Clock {
  return { now: () => performance.now(), wallTime: () => Date.now(), after };
}

function after(delayMs: number, action: () => void): { cancel(): void } {
  assert(!Number.isNaN(delayMs), 'a timer without a delay');
  const dueMs = performance.now() + delayMs;
  const arm = (leftMs: number): NodeJS.Timeout =>
    // Node cuts fractions off, and its loop's own time may lag: a timer that comes early is set
    // again.
    setTimeout(fire, Math.min(Math.max(1, Math.ceil(leftMs)), DELAY_MS_MAX));
  const fire = (): void => {
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) timer = arm(leftMs);
    else action();
  };
  let timer = arm(delayMs);
  return { cancel: () => clearTimeout(timer) };
}
