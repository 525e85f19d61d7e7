/** What a flood came to, against what it may come to. */
import type { Kind } from './packets.ts';

export type KindReport = {
  readonly kind: Kind;
  /** Junk sent, a second. */
  readonly pps: number;
  /** Junk and all else that reached the node; the system dropped `lost` of it. */
  readonly received: number;
  readonly lost: number | undefined;
  readonly requests: number;
  /** The share of requests that was answered. */
  readonly success: number;
  /** 99th percentile of the loop's delay, in milliseconds. */
  readonly loopP99Ms: number;
  readonly idleLoopP99Ms: number;
  /**
   * Growth after the collector ran, in MiB: of the process, which is the goal's figure because what
   * the system must find room for is that, fragments of native memory included; and of what
   * JavaScript holds, which tells whether the rest is held or only scattered. What the rig's store
   * keeps is in neither: it is full from the start.
   */
  readonly rssGrowthMiB: number;
  readonly heldGrowthMiB: number;
  /** Processor time for each datagram that came, in microseconds: cryptography and answers included. */
  readonly cpuUsEach: number;
  readonly outcomes: { readonly [outcome: string]: number };
};

/** The goals of a flood of 20,000 packets a second. */
export const GOALS = { success: 0.95, rssGrowthMiB: 20, loopMs: 15 } as const;

/** What a report misses. */
export function missedGoals(report: KindReport): readonly string[] {
  const missed: string[] = [];
  if (!(report.success >= GOALS.success)) missed.push(`success below ${GOALS.success * 100} %`);
  if (!(report.rssGrowthMiB <= GOALS.rssGrowthMiB)) {
    missed.push(`memory grew by more than ${GOALS.rssGrowthMiB} MiB`);
  }
  if (!(report.loopP99Ms <= report.idleLoopP99Ms + GOALS.loopMs)) {
    missed.push(`loop delayed by more than ${GOALS.loopMs} ms over idle`);
  }
  return missed;
}

/** One line. */
export function printReport(report: KindReport): string {
  const missed = missedGoals(report);
  const main = Object.entries(report.outcomes)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 3)
    .map(([name, count]) => `${name} ${count}`);
  return [
    report.kind.padEnd(13),
    `${Math.round(report.pps)} pps`,
    `${(report.success * 100).toFixed(1)} % of ${report.requests} requests answered`,
    `loop p99 ${report.loopP99Ms.toFixed(1)} ms (idle ${report.idleLoopP99Ms.toFixed(1)})`,
    `memory ${signed(report.rssGrowthMiB)} MiB (held ${signed(report.heldGrowthMiB)})`,
    `${report.cpuUsEach.toFixed(1)} µs each`,
    `lost by the system ${report.lost ?? 'unknown'}`,
    main.join(', '),
    missed.length === 0 ? 'ok' : `MISSED: ${missed.join('; ')}`,
  ].join('  ');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}
