/** What every example needs around its few lines: a world that ends at loopback, a time limit, and Ctrl-C. */
import { parseArgs } from 'node:util';
import { createNodeEnv, loopbackOnly, type Env, type LogLevel } from '../runtime/index.ts';

/** The real world, except that a datagram to anywhere but this machine is a bug and throws. */
export function localEnv(logLevel: LogLevel = 'INFO'): Env {
  const env = createNodeEnv({ logLevel });
  return { ...env, datagrams: loopbackOnly(env.datagrams) };
}

/** `--seconds N`, or the default. */
export function secondsToRun(defaultSeconds: number): number {
  const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
  const seconds = Number(values.seconds ?? defaultSeconds);
  if (!(seconds > 0)) throw new Error(`--seconds takes a number above 0, not "${values.seconds}"`);
  return seconds;
}

/** Resolves after the seconds, or at Ctrl-C. */
export function runFor(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      process.off('SIGINT', stop);
      resolve();
    };
    const timer = setTimeout(stop, seconds * 1000);
    process.once('SIGINT', stop);
  });
}
