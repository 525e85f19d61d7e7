/**
 * What every example needs around its few lines: a world that ends at loopback, a time limit, and
 * Ctrl-C.
 */
import {
  ConfigError,
  createNodeEnv,
  loopbackOnly,
  StartError,
  type Address,
  type BootstrapperDefinition,
  type Env,
  type LogLevel,
  type Node,
  type WalkerDefinition,
} from '../runtime/index.ts';

/** The real world, except that a datagram to anywhere but this machine is a bug and throws. */
export function localEnv(logLevel: LogLevel = 'INFO'): Env {
  const env = createNodeEnv({ logLevel });
  return { ...env, datagrams: loopbackOnly(env.datagrams) };
}

/** Walks while there are fewer than 10 peers, as the tutorial has it. */
export const randomWalk: WalkerDefinition = {
  strategy: 'RandomWalk',
  peers: 10,
  init: { timeout: 3 },
};

/** Begins with a node of the same example instead of the public servers. */
export function bootstrapFrom(address: Address | undefined): readonly BootstrapperDefinition[] {
  if (address === undefined) return [];
  const host = [address.host, address.port] as const;
  return [{ class: 'KnownHosts', init: { ipAddresses: [host], bootstrapTimeout: 1 } }];
}

/** Why an example ends. */
export type Ending = 'goal reached' | 'time is up' | 'interrupted';

/** Resolves when the goal, if there is one, is reached, after the seconds, or at Ctrl-C. */
export function runFor(seconds: number, goal?: Promise<void>): Promise<Ending> {
  return new Promise((resolve) => {
    const end = (ending: Ending): void => {
      clearTimeout(timer);
      resolve(ending);
    };
    const onInterrupt = (): void => end('interrupted');
    const timer = setTimeout(() => end('time is up'), seconds * 1000);
    // Stays: npm and tsx pass Ctrl-C on, and the second signal must not cut the stopping short.
    process.on('SIGINT', onInterrupt);
    void goal?.then(() => end('goal reached'));
  });
}

/** Starts a node that stops when the example ends. */
export type StartNode = (node: Node) => Promise<void>;

/**
 * Runs an example. However it ends, the nodes it started are stopped, the last one first; what its
 * user can mend ends it with one clear line and exit code 1, not with a stack trace.
 */
export async function runExample(example: (start: StartNode) => Promise<void>): Promise<void> {
  const started: Node[] = [];
  // Whoever reads our output may go: `… | head`.
  process.stdout.on('error', () => process.exit());
  try {
    await example(async (node) => {
      started.unshift(node);
      await node.start();
    });
  } catch (error) {
    if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    for (const node of started) await node.stop();
  }
}
