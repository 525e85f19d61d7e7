import { printThrown } from '../base/print-thrown.ts';

/**
 * Runs a scenario once for each seed. The first that fails ends this with an error whose last line is
 * the command that replays it.
 */
export async function trySeeds(
  seeds: Iterable<number>,
  replay: (seed: number) => string,
  scenario: (seed: number) => Promise<void>,
): Promise<void> {
  for (const seed of seeds) {
    try {
      await scenario(seed);
    } catch (error) {
      const text = `seed ${seed} fails: ${printThrown(error)}\nreplay: ${replay(seed)}`;
      throw new Error(text, { cause: error });
    }
  }
}
