/** A minute in which things go wrong, and one in which all must be well again. */
import { drawFaults, type Fault, FAULTS_MS } from './faults.ts';
import { HOSTS, Town } from './town.ts';

/** What became of one seed. */
export type Outcome = {
  /** What was wrong; undefined when nothing was. */
  readonly failure: string | undefined;
  readonly faults: readonly Fault[];
  readonly traceHash: string;
};

/** Runs a seed with all its faults, or with those alone that have these numbers. */
export type Scenario = (seed: number, only?: readonly number[]) => Promise<Outcome>;

const HEALED_MS = 60_000;
const LOOK_MS = 500;

/**
 * Safety: whatever goes wrong, nothing throws and nothing is logged as an error. Liveness: a minute
 * after the last fault has ended, everybody knows everybody whom they can meet.
 */
export const liveTown: Scenario = async (seed, only) => {
  const faults = drawFaults(seed, HOSTS);
  const town = new Town(seed);
  const { world } = town;
  const outcome = (failure?: string): Outcome => ({
    failure,
    faults,
    traceHash: world.traceHash,
  });
  try {
    await town.start();
    const { clock } = world.env('9.9.9.9');
    for (const [number, { atMs, forMs, begin }] of faults.entries()) {
      if (only?.includes(number) === false) continue;
      clock.after(atMs, () => {
        const end = begin(town);
        clock.after(forMs, end);
      });
    }
    await world.run({ forMs: FAULTS_MS });
    const endMs = world.now + HEALED_MS;
    // Looking after every event would take longer than the events.
    while (town.missing().length > 0 && world.now < endMs) await world.run({ forMs: LOOK_MS });
    if (town.errors.length > 0) return outcome(`errors: ${town.errors.join('; ')}`);
    const missing = town.missing();
    return missing.length === 0 ? outcome() : outcome(missing.join(', '));
  } catch (error) {
    return outcome(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
};
