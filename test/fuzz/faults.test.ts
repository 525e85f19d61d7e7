/** The fuzzer finds what it is there for: each planted fault, within 100,000 cases. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFuzzer } from './bundle.ts';
import { FAULTS, HANGING } from './faults.ts';
import { FAMILIES } from './targets/index.ts';
import { watch } from './watch.ts';

/** A fault that takes longer to find than this is hidden too well. */
const CASES_MAX = 100_000;

/** The same search every time: that it ends is known. */
const SEED = 1;

test.each(FAULTS)('$name: found', { timeout: 600_000 }, async (fault) => {
  const bundle = await bundleFuzzer(fault);
  try {
    const options = { only: fault.target, cases: CASES_MAX, seed: SEED, findingsMax: 1 };
    const watched = await watch(bundle.file, {
      kind: 'run',
      options: { ...options, isShrunk: false },
    });
    if ('hang' in watched || !watched.outcome.ok) throw new Error(JSON.stringify(watched));
    const { failures } = watched.outcome.report;
    expect(failures.map(({ target }) => target.startsWith(fault.target))).toEqual([true]);
  } finally {
    bundle.remove();
  }
});

test('a case that never ends is found too', { timeout: 600_000 }, async () => {
  const bundle = await bundleFuzzer(HANGING);
  try {
    const options = { only: HANGING.target, cases: CASES_MAX, seed: SEED, findingsMax: 1 };
    // Nothing else stands still for so long, and if it did, that would be found instead.
    const watched = await watch(bundle.file, { kind: 'run', options }, 3_000);
    const family = FAMILIES.findIndex(({ name }) => HANGING.target.startsWith(name));
    expect(watched).toMatchObject({ hang: { family } });
  } finally {
    bundle.remove();
  }
});

test('a fault whose source is not there, or there twice, is not planted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'plant-'));
  const file = join(directory, 'unused.ts');
  writeFileSync(file, 'export {};\n');
  try {
    const [fault] = FAULTS;
    if (fault === undefined) throw new Error('no fault');
    await expect(bundleFuzzer({ ...fault, from: 'no such source' })).rejects.toThrow('0 times');
    await expect(bundleFuzzer({ ...fault, from: 'this.#end' })).rejects.toThrow(/\d\d times/);
    await expect(bundleFuzzer({ ...fault, file })).rejects.toThrow('no part of the fuzzer');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('there are at least ten, in all that takes bytes', () => {
  const parts = new Set(FAULTS.map(({ target }) => target.replace(/\/.*/, '')));
  expect(FAULTS.length).toBeGreaterThanOrEqual(10);
  expect(parts.size).toBeGreaterThanOrEqual(6);
});
