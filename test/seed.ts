/** A seed that nobody chose. */
export function drawSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/**
 * The seed of all that tests draw by chance: another one in each run, or the one that `TEST_SEED`
 * has in the environment, which replays a run.
 */
export const TEST_SEED = readSeed(process.env['TEST_SEED']);

function readSeed(text: string | undefined): number {
  if (text === undefined) return drawSeed();
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new Error(`TEST_SEED=${text}: give a whole number from 0 to 2147483647`);
}
