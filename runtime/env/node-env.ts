import type { Env } from './env.ts';
import { createNodeClock } from './node-clock.ts';
import { createNodeDatagrams } from './node-datagrams.ts';
import { createNodeInterfaces } from './node-interfaces.ts';
import { createNodeLog, type NodeLogOptions } from './node-log.ts';
import { createNodeNames } from './node-names.ts';
import { createNodeRandom } from './node-random.ts';
import { createNodeStorage } from './node-storage.ts';
import { createNodeWorkers } from './node-workers.ts';

/** What may be chosen of the real world. */
export type NodeEnvOptions = NodeLogOptions;

/** The real world: this process, its machine and its network. */
export function createNodeEnv(options: NodeEnvOptions = {}): Env {
  return {
    clock: createNodeClock(),
    random: createNodeRandom(),
    datagrams: createNodeDatagrams(),
    interfaces: createNodeInterfaces(),
    names: createNodeNames(),
    storage: createNodeStorage(),
    log: createNodeLog(options),
    workers: createNodeWorkers(),
  };
}
