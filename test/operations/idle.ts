/**
 * What a node costs that only takes part: `npm run bench:idle -- --seconds 60`. Twenty neighbours run in this process,
 * the node that is measured in one of its own, all on loopback. Ends with 1 when it costs more than it may; of the
 * start that is the time of the processor, from the import to the open socket, as a busy machine takes longer.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { createLoopbackNode, hostOf, OTHER_OVERLAYS } from './loopback.ts';

const NEIGHBOURS = 20;

const CPU_PERCENT_MAX = 1;
const RSS_MB_MAX = 90;
const START_CPU_MS_MAX = 300;

type Cost = {
  readonly start: { readonly ms: number; readonly cpuMs: number };
  readonly cpuPercent: number;
  readonly rssMb: number;
  readonly peers: readonly number[];
  readonly received: number;
};

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    settle: { type: 'string', default: '30' },
  },
});

const first = createLoopbackNode();
await first.start();
const known = [hostOf(first)];
const others = Array.from({ length: NEIGHBOURS - 1 }, () => createLoopbackNode(known));
await Promise.all(others.map((node) => node.start()));
const told = {
  known,
  overlays: OTHER_OVERLAYS,
  settleSeconds: Number(values.settle),
  seconds: Number(values.seconds),
};
const program = fileURLToPath(new URL('idle-node.js', import.meta.url));
const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(told)]);
await Promise.all([first, ...others].map((node) => node.stop()));
const { start, cpuPercent, rssMb, peers, received } = JSON.parse(stdout) as Cost;
console.log(`start        ${start.cpuMs.toFixed(0)} ms of processor (at most ${START_CPU_MS_MAX})`);
console.log(`             ${start.ms.toFixed(0)} ms by the clock`);
console.log(`processor    ${cpuPercent.toFixed(2)} % of a core (at most ${CPU_PERCENT_MAX})`);
console.log(`memory       ${rssMb.toFixed(1)} MB (at most ${RSS_MB_MAX})`);
console.log(`peers        ${peers.join(', ')} in its overlays; ${received} datagrams received`);
const isIdle =
  cpuPercent <= CPU_PERCENT_MAX && rssMb <= RSS_MB_MAX && start.cpuMs <= START_CPU_MS_MAX;
process.exitCode = isIdle ? 0 : 1;
