/** That the bench works; what it measures is for `npm run bench:simulate`. */
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runSimulateBench } from './simulate.ts';

const ROOT = new URL('../..', import.meta.url);
const TSX = pathToFileURL(new URL('node_modules/tsx/dist/loader.mjs', ROOT).pathname).href;
const COMMAND = ['--import', TSX, new URL('test/simulate/main.ts', ROOT).pathname];

test('every world has its figures, and the report is one plain object', () => {
  const lines: string[] = [];
  const report = runSimulateBench({
    command: COMMAND,
    rounds: 2,
    worlds: [{ peers: 2, seconds: 1 }],
    log: (line) => void lines.push(line),
  });
  expect(report.cases.map(({ name, unit }) => [name, unit])).toEqual([
    ['2 peers for 1 s: wall time', 's'],
    ['2 peers for 1 s: processor time', 's'],
    ['2 peers for 1 s: events', '1/s'],
    ['2 peers for 1 s: memory', 'MiB'],
  ]);
  for (const { ours } of report.cases) expect(ours).toBeGreaterThanOrEqual(0);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(lines.filter((line) => line.startsWith('round'))).toHaveLength(2);
});

test('a run that fails has no figures', () => {
  const worlds = [{ peers: 0, seconds: 1 }];
  expect(() =>
    runSimulateBench({ command: COMMAND, rounds: 1, worlds, log: () => undefined }),
  ).toThrow('0 peers: exit code 2: --peers 0: give a whole number from 1');
});
