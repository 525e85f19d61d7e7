/** The process under attack: one node, and what it feels. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { VictimCommand, VictimState } from './messages.ts';
import { createRigNode } from './node-of.ts';

const [key = '', clientHost = '', clientPort = ''] = process.argv.slice(2);
const node = createRigNode(key, { isFull: true });
const client = { kind: 'ipv4', host: clientHost, port: Number(clientPort) } as const;
const loop = monitorEventLoopDelay({ resolution: 5 });

const COLLECTIONS = 12;
const COLLECTION_PAUSE_MS = 400;

let marked = { cpu: process.cpuUsage(), received: 0, lost: 0, outcomes: {} as Counts };
type Counts = { readonly [outcome: string]: number };

async function stateNow(): Promise<VictimState> {
  const loopP99Ms = loop.percentile(99) / 1e6;
  const { user, system } = process.cpuUsage(marked.cpu);
  const outcomes: { [outcome: string]: number } = {};
  for (const [name, count] of Object.entries(node.counters)) {
    const since = count - (marked.outcomes[name] ?? 0);
    if (since > 0) outcomes[name] = since;
  }
  const lost = lostBy(node.address?.port);
  return {
    port: node.address?.port ?? 0,
    isProved: node.network.isProved(client),
    memory: await memoryNow(),
    loopP99Ms,
    cpuMs: (user + system) / 1_000,
    received: node.traffic.received - marked.received,
    outcomes,
    lost: lost === undefined ? undefined : lost - marked.lost,
  };
}

/** V8 gives the young generation's memory back only after some rest. */
async function memoryNow(): Promise<VictimState['memory']> {
  for (let round = 0; round < COLLECTIONS; round++) {
    globalThis.gc?.();
    await pause(COLLECTION_PAUSE_MS);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, held: heapUsed + external };
}

/** What Linux counts for the socket (proc(5), /proc/net/udp, the last column). */
function lostBy(port = 0): number | undefined {
  try {
    const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
    const line = readFileSync('/proc/net/udp', 'utf8')
      .split('\n')
      .find((text) => text.slice(0, 24).includes(local));
    return line === undefined ? undefined : Number(line.trim().split(/\s+/).at(-1));
  } catch {
    return undefined;
  }
}

async function obey({ command }: VictimCommand): Promise<void> {
  if (command === 'start') await node.start();
  if (command === 'stop') await node.stop();
  process.send?.(await stateNow());
  if (command === 'mark' || command === 'start') {
    const { counters: outcomes, traffic } = node;
    const lost = lostBy(node.address?.port) ?? 0;
    marked = { cpu: process.cpuUsage(), received: traffic.received, outcomes, lost };
    loop.enable();
    loop.reset();
  }
  if (command === 'stop') process.disconnect();
}

process.on('message', (message) => void obey(message as VictimCommand));
process.on('disconnect', () => process.exit());
