/** The fuzzer's own parts: what it draws, makes small, stores and runs again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createChance } from '../../compiler/values/chance.ts';
import { runCommand } from './command.ts';
import { readCase, readCorpus, storeCase } from './corpus.ts';
import { mutate } from '../../compiler/values/mutate.ts';
import { failureOf, catchStray, replayCases, runCases } from './run-cases.ts';
import { claim, type Family, type Target } from './target.ts';

const directory = mkdtempSync(join(tmpdir(), 'corpus-'));
afterAll(() => rmSync(directory, { recursive: true }));

const bytes = Uint8Array.from({ length: 60 }, (_, at) => at);
const spans = [
  { offset: 0, length: 60, lead: 0 },
  { offset: 4, length: 2, lead: 2 },
] as const;

/** A family of one target that is given the check. */
function familyOf(check: Target['check']): Family {
  const target: Target = {
    name: 'own/one',
    form: 'bytes',
    generate: (chance) => mutate({ samples: [{ bytes, spans }] }, chance),
    check,
  };
  return { name: 'own', share: 1, targets: () => Promise.resolve([target]) };
}

const options = { seed: 7, cases: 2_000, findingsMax: 1 };

test('the same seed draws the same cases, another one others', async () => {
  const run = async (seed: number): Promise<string> => {
    const seen: string[] = [];
    await runCases([familyOf((input) => void seen.push(String(input)))], { ...options, seed });
    return seen.join('\n');
  };
  expect(await run(7)).toBe(await run(7));
  expect(await run(8)).not.toBe(await run(7));
});

test('what fails is made as small as fails the same way, stored, and fails again', async () => {
  const family = familyOf((input) => {
    const at = input.indexOf(0x2a);
    claim(at < 0 || input[at + 1] === 0x2b, () => `byte ${at} stands alone`);
  });
  const { failures } = await runCases([family], options);
  const [failure] = failures;
  if (failure === undefined) throw new Error('not found');
  expect(failure.input).toEqual(Uint8Array.of(0x2a));
  const stored = storeCase(failure, directory);
  expect(readCase(stored)).toMatchObject({ target: 'own/one', input: failure.input });
  const replayed = await replayCases([family], readCorpus(directory), {
    timeLimitMs: undefined,
    onStep: () => {},
  });
  expect(replayed.failures.map(({ what }) => what.split('\n')[0])).toEqual([
    'Finding: byte 0 stands alone',
  ]);
});

test('texts are stored as texts, unless they are none', () => {
  const failure = { target: 'own/text', form: 'text', number: 0, what: 'x' } as const;
  const text = storeCase({ ...failure, input: new TextEncoder().encode('\ufeffa "b"') }, directory);
  expect(readFileSync(text, 'utf8')).toContain('a \\"b\\"');
  expect(readCase(text).input).toEqual(new TextEncoder().encode('\ufeffa "b"'));
  const broken = storeCase({ ...failure, input: Uint8Array.of(0xff, 0x41) }, directory);
  expect(readCase(broken).input).toEqual(Uint8Array.of(0xff, 0x41));
});

test('a rejection that nobody handles is found', async () => {
  const family = familyOf(() => {
    void Promise.reject(new Error('lost'));
    return Promise.resolve();
  });
  const { failures } = await runCases([family], options);
  expect(failures[0]?.what).toContain('nobody handles a rejection: Error: lost');
});

/** Keeps a processor busy for so long. */
function work(ms: number): void {
  const before = process.cpuUsage();
  for (let used = 0; used < ms * 1_000;) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

test('slow is what is slow again three times, in processor time', async () => {
  const stray = catchStray();
  const run = (check: Target['check']): Promise<string | undefined> =>
    failureOf({ name: 'own/slow', form: 'bytes', generate: () => bytes, check }, bytes, {
      timeLimitMs: 5,
      stray,
    });
  let runs = 0;
  try {
    expect(await run(() => work(40))).toBe('Slow: takes more than 5 ms');
    expect(await run(() => work(runs++ === 0 ? 40 : 0))).toBeUndefined();
  } finally {
    stray.close();
  }
});

test('a stored case whose target is gone is to be removed', async () => {
  const cases = [{ file: 'gone.json', target: 'own/gone', input: bytes }];
  const replaying = replayCases([familyOf(() => {})], cases, {
    timeLimitMs: undefined,
    onStep: () => {},
  });
  await expect(replaying).rejects.toThrow('gone.json: there is no target own/gone');
});

test('a file that holds no case is named', () => {
  const file = join(directory, 'broken.txt');
  writeFileSync(file, '{"target": 1}');
  expect(() => readCase(file)).toThrow('broken.txt');
});

test('chance is even', () => {
  const chance = createChance(1, 'even', 2);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw++) {
    const drawn = chance.below(10);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

test.each([
  [['--cases', 'x'], '--cases x: give a whole number from 1'],
  [['--seed', '-1'], 'seed'],
  [['--what'], '--what'],
  [['--replay', `${directory}/none.json`], 'none.json'],
])('options that mean nothing: %s', async (args, problem) => {
  const lines: string[] = [];
  const code = await runCommand(args, {
    write: (text) => void lines.push(text),
    corpus: directory,
  });
  expect(code).toBe(2);
  expect(lines.join('')).toContain(problem);
  expect(lines.join('')).toContain('npm run fuzz');
});
