/** That the bench works; what it measures is for `npm run bench:compile`. */
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runBench } from './compile.ts';
import { measure, median } from './measure.ts';

const ROOT = new URL('../..', import.meta.url);
const TSX = pathToFileURL(new URL('node_modules/tsx/dist/loader.mjs', ROOT).pathname).href;

test('every case is measured, and the report is one plain object', async () => {
  const report = await runBench({
    command: ['--import', TSX, new URL('compiler/cli/main.ts', ROOT).pathname],
    rounds: 1,
    peerRounds: 1,
    withPeers: false,
    sizes: {
      cold: [{ messages: 3, files: 1 }],
      growth: [2],
      formatLines: 8,
      watch: { files: 2, messagesPerFile: 1, edits: 1 },
    },
    log: () => undefined,
  });
  expect(report.cases.map(({ name }) => name)).toEqual([
    'compile 3 messages in one file, cold',
    'grow to 2 messages',
    '--version',
    'format 8 lines',
    'rebuild 1 of 2 files under --watch',
  ]);
  for (const { ours, peers, ratios } of report.cases) {
    expect(ours).toBeGreaterThan(0);
    expect(Object.keys(ratios)).toEqual(Object.keys(peers));
  }
  expect(report.unavailable).toEqual({});
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('a command that fails, or writes nothing, has a reason and no figure', () => {
  const node = (name: string, code: string, output?: string) => ({
    name,
    files: {},
    command: process.execPath,
    args: ['-e', code],
    ...(output === undefined ? {} : { output }),
  });
  const { failed, medians } = measure(
    [
      node('fine', '0'),
      node('fails', 'console.error("no"); process.exit(3)'),
      node('writes nothing', '0', 'out'),
      { name: 'not there', files: {}, command: '/nowhere/at-all', args: [] },
    ],
    1,
  );
  expect([...medians.keys()]).toEqual(['fine']);
  expect(Object.fromEntries(failed)).toEqual({
    fails: 'exit code 3: no',
    'writes nothing': 'out was not written',
    'not there': expect.stringContaining('ENOENT') as string,
  });
});

test('the median is the middle, or the mean of the two middle ones', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 9])).toBe(3);
});
