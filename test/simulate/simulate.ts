/** A run of a crowd, and what is to be said of it. */
import { createCrowd, type CrowdOptions, type Sample } from './crowd.ts';

export type SimulateOptions = CrowdOptions & { readonly seconds: number };

/** What came out; all but `cost` is the same in every run with the same options. */
export type Report = {
  readonly options: SimulateOptions;
  readonly neighbours: readonly Sample[];
  /** Timers that came and datagrams that arrived, or failed to. */
  readonly events: number;
  /** What happened to datagrams, by event. */
  readonly network: { readonly [event: string]: number };
  /** What the nodes and trackers made of the datagrams they received. */
  readonly outcomes: { readonly [outcome: string]: number };
  readonly traceHash: string;
};

const SAMPLE_SECONDS = 5;

/** Runs the crowd; `onSample` hears how it goes. */
export async function simulate(
  options: SimulateOptions,
  onSample: (sample: Sample) => void = () => {},
): Promise<Report> {
  const { world, nodes, trackers, sample } = await createCrowd(options);
  const neighbours: Sample[] = [];
  while (world.now < options.seconds * 1_000) {
    const leftMs = options.seconds * 1_000 - world.now;
    await world.run({ forMs: Math.min(SAMPLE_SECONDS * 1_000, leftMs) });
    const taken = sample();
    neighbours.push(taken);
    onSample(taken);
  }
  const outcomes: Record<string, number> = {};
  for (const { counters } of [...nodes, ...trackers]) {
    for (const [outcome, count] of Object.entries(counters)) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    }
  }
  const received = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const { steps, counts, traceHash } = world;
  if (received !== (counts.deliver ?? 0)) {
    throw new Error(`${counts.deliver} datagrams were delivered and ${received} counted`);
  }
  return { options, neighbours, events: steps, network: counts, outcomes, traceHash };
}

/** The one line that does the same again. */
export function replayLine({ peers, trackers, seconds, seed, loss }: SimulateOptions): string {
  const flags = `--peers ${peers} --seconds ${seconds} --seed ${seed} --loss ${loss}`;
  return `npm run simulate -- ${flags} --trackers ${trackers}`;
}
