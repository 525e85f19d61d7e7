/** Measures every workload in a process of its own: prints the nanoseconds of processor time that each takes, as JSON. */
import { createWorkloads } from './trace-workloads.ts';

const ROUNDS = 25;
const ROUND_MS = 15;

function cpuMs(run: (times: number) => void, times: number): number {
  const before = process.cpuUsage();
  run(times);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const least: Record<string, number> = {};
for (const [name, run] of Object.entries(await createWorkloads())) {
  let times = 1_000;
  while (cpuMs(run, times) < ROUND_MS) times *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => cpuMs(run, times));
  least[name] = (Math.min(...rounds) / times) * 1e6;
}
console.log(JSON.stringify(least));
