/**
 * How many times as many cases tests draw, and how many times as large hostile texts are: 1 in a run of all of them,
 * which are many; `TEST_EFFORT=20 npx vitest run test/compiler/emit` looks longer at one place.
 */
export const TEST_EFFORT = readEffort(process.env['TEST_EFFORT']);

/** The number of cases of a property, as `fc.assert` takes it. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: count * TEST_EFFORT };
}

function readEffort(text: string | undefined): number {
  if (text === undefined) return 1;
  const effort = Number(text);
  if (Number.isSafeInteger(effort) && effort >= 1) return effort;
  throw new Error(`TEST_EFFORT=${text}: give a whole number from 1`);
}
