import type { Scenario } from './scenario.ts';

/**
 * The fewest faults, of those the seed draws, with which it still fails: each is left out in turn, for good if
 * the rest fails without it. Gives their numbers.
 */
export async function shrinkFaults(
  scenario: Scenario,
  seed: number,
  numbers: readonly number[],
): Promise<readonly number[]> {
  let kept = numbers;
  for (const number of numbers) {
    const fewer = kept.filter((each) => each !== number);
    const { failure } = await scenario(seed, fewer);
    if (failure !== undefined) kept = fewer;
  }
  return kept;
}
