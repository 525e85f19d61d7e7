/**
 * The seed of all that tests draw by chance: another one each time, or the one in `TEST_SEED`, which
 * replays a run.
 */
export const TEST_SEED = readSeed(process.env['TEST_SEED']);

function readSeed(text: string | undefined): number {
  if (text === undefined) return Math.floor(Math.random() * 2 ** 31);
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new Error(`TEST_SEED=${text}: give a whole number from 0 to 2147483647`);
}
