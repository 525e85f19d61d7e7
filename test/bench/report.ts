/** What a benchmark says, to people and to tools. */
import { cpus, totalmem, type } from 'node:os';

/** One figure of ours, those of the others, and how many times ours they are. */
export type Case = {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'ns' | '1/s' | 'bytes' | 'MiB';
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
};

export type Report = {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
  /** Why a peer was not measured. */
  readonly unavailable: Readonly<Record<string, string>>;
};

/** The figures of one case by who ran it, and which of them is ours. */
export function caseOf({
  medians,
  name,
  ours,
  unit,
}: Pick<Case, 'name' | 'unit'> & {
  readonly ours: string;
  readonly medians: ReadonlyMap<string, number>;
}): Case {
  const own = medians.get(ours) ?? Number.NaN;
  const others = [...medians].filter(([peer]) => peer !== ours);
  return {
    name,
    unit,
    ours: round(own),
    peers: Object.fromEntries(others.map(([peer, value]) => [peer, round(value)])),
    ratios: Object.fromEntries(others.map(([peer, value]) => [peer, round(value / own, 100)])),
  };
}

export function round(value: number, parts = 10): number {
  return Math.round(value * parts) / parts;
}

export function machine(): Report['machine'] {
  const all = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return { cpu: all[0]?.model ?? '', cores: all.length, memoryGiB: gigabytes, system: type() };
}
