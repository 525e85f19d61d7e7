/** In every check: stored cases again, and 100,000 new ones. `npm run fuzz` runs as many as it is told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SEED } from '../seed.ts';
import { type Bundle, bundleFuzzer } from './bundle.ts';
import { replayLine } from './command.ts';
import { CORPUS, readCorpus, storeCase } from './corpus.ts';
import type { RunReport } from './run-cases.ts';
import { FAMILIES } from './targets/index.ts';
import { type Job, watch } from './watch.ts';

const CASES = 100_000;

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleFuzzer();
});
afterAll(() => bundle.remove());

async function report(job: Job): Promise<RunReport> {
  const watched = await watch(bundle.file, job);
  if ('hang' in watched) {
    const name = FAMILIES[watched.hang.family]?.name;
    const again = `npm run fuzz -- --seed ${TEST_SEED} --cases ${CASES} --target ${name}`;
    throw new Error(`case ${watched.hang.number} of ${name} does not end; replay: ${again}`);
  }
  if (!watched.outcome.ok) throw new Error(watched.outcome.reason);
  return watched.outcome.report;
}

test('what failed once does not fail again', async () => {
  const cases = readCorpus();
  expect(cases.length).toBeGreaterThan(0);
  const { failures } = await report({ kind: 'replay', cases, timeLimitMs: undefined });
  const again = failures.map(({ number, what }) => {
    return `${replayLine(`${CORPUS}/${cases[number]?.file}`)}\n${what}`;
  });
  expect(again).toEqual([]);
});

// Nothing here is measured in time: on a busy machine it takes longer, and that is all.
test('100,000 hostile inputs find no fault', { timeout: 600_000 }, async () => {
  const options = { cases: CASES, seed: TEST_SEED, findingsMax: 10 };
  const { cases, failures } = await report({ kind: 'run', options });
  const found = failures.map((one) => `${replayLine(storeCase(one))}\n${one.what}`);
  expect(found).toEqual([]);
  const total = Object.values(cases).reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(CASES);
  expect(Object.keys(cases)).toEqual(FAMILIES.map(({ name }) => name));
});
