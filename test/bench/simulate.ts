/** What a simulated world costs, by the number of its peers. */
import { spawnSync } from 'node:child_process';
import { median } from './measure.ts';
import { type Case, machine, type Report, round } from './report.ts';

/** One world. */
export type World = { readonly peers: number; readonly seconds: number };

/** What is measured. */
export type SimulateBenchOptions = {
  /** The arguments of Node that run the simulation. */
  readonly command: readonly string[];
  readonly rounds: number;
  readonly worlds: readonly World[];
  /** Hears what is going on. */
  readonly log: (line: string) => void;
};

/** In the largest one most peers have their neighbours at the end; it takes minutes all the same. */
export const WORLDS: readonly World[] = [
  { peers: 1_000, seconds: 120 },
  { peers: 10_000, seconds: 120 },
  { peers: 100_000, seconds: 45 },
];

/** The part of the simulation's report that is looked at. */
type Run = {
  readonly traceHash: string;
  readonly cost: {
    readonly wallSeconds: number;
    readonly cpuSeconds: number;
    readonly eventsPerSecond: number;
    readonly memoryMiB: number;
  };
};

/** The median of each figure. Rounds go through all worlds, so that what else the machine does meets them alike. */
export function runSimulateBench(options: SimulateBenchOptions): Report {
  const { command, log, rounds, worlds } = options;
  const runs = new Map<World, readonly Run[]>();
  for (let at = 1; at <= rounds; at++) {
    for (const world of worlds) {
      log(`round ${at} of ${rounds}: ${world.peers} peers, ${world.seconds} s`);
      const run = runOnce(command, world);
      const before = runs.get(world) ?? [];
      const isSame = before.every(({ traceHash }) => traceHash === run.traceHash);
      if (!isSame) throw new Error(`${world.peers} peers: two runs with one seed differ`);
      runs.set(world, [...before, run]);
      log(`  ${run.cost.wallSeconds.toFixed(1)} s, ${run.cost.memoryMiB} MiB`);
    }
  }
  const cases = [...runs].flatMap(([world, all]) => casesOf(world, all));
  return { machine: machine(), versions: { node: process.version }, cases, unavailable: {} };
}

function runOnce(command: readonly string[], { peers, seconds }: World): Run {
  const args = ['--peers', String(peers), '--seconds', String(seconds), '--seed', '7', '--json'];
  const { error, status, stderr, stdout } = spawnSync(process.execPath, [...command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${peers} peers: exit code ${status}: ${stderr.trim()}`);
  return JSON.parse(stdout) as Run;
}

function casesOf({ peers, seconds }: World, runs: readonly Run[]): readonly Case[] {
  const figure = (name: keyof Run['cost'], what: string, unit: Case['unit']): Case => ({
    name: `${peers} peers for ${seconds} s: ${what}`,
    unit,
    ours: round(median(runs.map(({ cost }) => cost[name]))),
    peers: {},
    ratios: {},
  });
  return [
    figure('wallSeconds', 'wall time', 's'),
    figure('cpuSeconds', 'processor time', 's'),
    figure('eventsPerSecond', 'events', '1/s'),
    figure('memoryMiB', 'memory', 'MiB'),
  ];
}
