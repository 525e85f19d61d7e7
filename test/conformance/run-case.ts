/** Runs one case: its folder, its processes and nodes, its end. */
import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { loopbackOnly } from '../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../runtime/env/node-env.ts';
import type { Case, Context } from './case.ts';
import { startChild, type Child } from './child.ts';
import type { PythonEnvironment } from './python-environment.ts';

/** Far more than a case takes, also on a machine that has much else to do. */
const SECONDS_MAX = 120;
const SCRIPTS = new URL('python/', import.meta.url).pathname;

/** Why the case failed, or undefined. Never rejects, and leaves nothing that runs. */
export async function runCase(
  { name, run, secondsMax = SECONDS_MAX }: Case,
  environment: PythonEnvironment,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), `conformance-${name}-`));
  const timeout = new AbortController();
  const { signal } = timeout;
  // Every process of the case listens to it.
  setMaxListeners(0, signal);
  const ends: (() => Promise<unknown>)[] = [];
  const context = createContext({ folder, signal, environment, ends });
  const timer = setTimeout(() => timeout.abort(), secondsMax * 1_000);
  const late = new Promise<never>((_, reject) => {
    // What waits for a process or a node says more than this, and comes first.
    const say = () => reject(new Error(`the case has taken more than ${secondsMax} s`));
    signal.addEventListener('abort', () => setImmediate(say));
  });
  try {
    await Promise.race([run(context), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    // What the case has not awaited starts nothing more.
    timeout.abort();
    for (const end of ends.reverse()) await end().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

type ContextParts = {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly environment: PythonEnvironment;
  /** What ends what was started. */
  readonly ends: (() => Promise<unknown>)[];
};

function createContext({ folder, signal, environment, ends }: ContextParts): Context {
  const real = createNodeEnv({ logLevel: 'CRITICAL' });
  const start = (program: string, args: readonly string[], where = folder): Child => {
    signal.throwIfAborted();
    const child = startChild({ program, args, folder: where, signal });
    ends.push(() => child.kill());
    return child;
  };
  return {
    folder,
    signal,
    env: { ...real, datagrams: loopbackOnly(real.datagrams) },
    spawn: start,
    python(script, args = []) {
      const path = isAbsolute(script) ? script : join(SCRIPTS, script);
      return start(environment.program('python'), [path, ...args]);
    },
    tool: (program, args, where) => start(environment.program(program), args, where).output,
    async start(started) {
      signal.throwIfAborted();
      ends.push(() => started.stop());
      await started.start();
    },
  };
}
