/**
 * Unit tests never wait for the clock of the machine, and start no processes: both throw. What does either is an
 * end-to-end test, listed in `vitest.config.ts`.
 */
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import * as fc from 'fast-check';
import { TEST_SEED } from './seed.ts';

type Call = (...given: unknown[]) => unknown;

/** Puts what `replace` makes of a function in its place. */
function put(target: object, name: string, replace: (original: Call) => Call): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') throw new Error(`${name} is not there to be replaced`);
  Reflect.set(target, name, Object.assign(replace(original as Call), original));
}

/** A turn of the event loop is no sleep. */
const requireNoDelay = (what: string, delay: unknown): void => {
  if (typeof delay !== 'number' || delay <= 0) return;
  throw new Error(
    `a unit test calls ${what} for ${delay} ms: give it a simulated clock, or vi.useFakeTimers`,
  );
};

let isHeld = false;

/** From now on, whatever file of this process runs. */
export function holdToUnitRules(): void {
  if (isHeld) return;
  isHeld = true;
  // What fast-check draws is replayed with the rest.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: TEST_SEED });
  for (const target of [globalThis, timers]) {
    for (const name of ['setTimeout', 'setInterval']) {
      put(target, name, (original) => (action, delay, ...rest) => {
        requireNoDelay(name, delay);
        return original(action, delay, ...rest);
      });
    }
  }
  put(timersPromises, 'setTimeout', (original) => (delay, ...rest) => {
    requireNoDelay('setTimeout', delay);
    return original(delay, ...rest);
  });
  put(Atomics, 'wait', () => () => {
    throw new Error('a unit test calls Atomics.wait: nothing in it may wait');
  });
  for (const name of [
    'spawn',
    'spawnSync',
    'exec',
    'execSync',
    'execFile',
    'execFileSync',
    'fork',
  ]) {
    put(childProcess, name, () => () => {
      throw new Error(`a unit test calls ${name}: what starts processes is an end-to-end test`);
    });
  }
  syncBuiltinESMExports();
}
