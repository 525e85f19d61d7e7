/** The command around a proof; py-ipv8 itself stands against it in `test/conformance`. */
import { chmodSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { DIVERGENCE_KINDS } from '../../../compiler/prove/divergence.ts';
import { parseLedger } from '../../../compiler/prove/ledger.ts';
import { BROKEN, createWorkspace, PING, type Workspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const here = createWorkspace({ 'schemas/ping.ipv8': PING, ...files });
  onTestFinished(() => here.remove());
  return here;
}

/** A Python that runs nothing: its answers are these lines, one for each line it is told. */
function playPython(here: Workspace, answers: readonly string[]): string {
  here.write(
    'python.cjs',
    `#!${process.execPath}
    const answers = ${JSON.stringify(answers)};
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { values, bytes } = JSON.parse(line);
      const none = (list) => list?.map(() => [false, 'refused']);
      const next = answers.shift() ?? { written: none(values), again: none(values), read: none(bytes) };
      process.stdout.write((typeof next === 'string' ? next : JSON.stringify(next)) + '\\n');
    });
  `,
  );
  chmodSync(here.path('python.cjs'), 0o755);
  return './python.cjs';
}

const PAGE = readFileSync(new URL('../../../compiler/guide/prove.md', import.meta.url), 'utf8');

const AGAINST = ['prove', '--against', 'python'] as const;

test.each([
  [['prove'], "required option '--against <target>' not specified"],
  [['prove', '--against', 'java'], "argument 'java' is invalid. Allowed choices are python"],
  [[...AGAINST, '--values', 'many'], '--values many: give a whole number from 1 to'],
  [[...AGAINST, '--values', '0'], '--values 0: give a whole number from 1 to'],
  [[...AGAINST, '--seed', '-1'], '--seed -1: give a whole number from 0 to'],
  [[...AGAINST, '--ledger', 'none.json'], 'none.json: no such file'],
  [
    [...AGAINST, '--message', 'Anwser'],
    '--message Anwser: nothing that can be compared is called so; the nearest is Answer',
  ],
  [[...AGAINST, '--python', './none'], 'none cannot be started: there is no such program'],
])('%j is refused', async (args, message) => {
  const outcome = await workspace().run(args);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain(message);
});

test('a ledger that is none is named', async () => {
  const here = workspace({ 'prove-ledger.json': '{}' });
  const outcome = await here.run(AGAINST);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('prove-ledger.json: expected a list of entries');
});

test('schemas with errors are not proved', async () => {
  const outcome = await workspace({ 'schemas/broken.ipv8': BROKEN }).run(AGAINST);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain('error');
});

test('a Python without py-ipv8 is told what to install', async () => {
  const here = workspace();
  const python = playPython(here, ['{"missing":"ModuleNotFoundError"}']);
  const outcome = await here.run([...AGAINST, '--python', python]);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain('-m pip install pyipv8');
});

test('a side that ends is an error, not a proof', async () => {
  const here = workspace();
  const python = playPython(here, ['{"ready":"Python 3"}', 'rubbish']);
  const outcome = await here.run([...AGAINST, '--python', python, '--seed', '1']);
  expect(outcome.code).toBe(1);
  expect(outcome.err).toContain('the Python side: it gave no answer to what it was asked');
});

test('divergences are printed and told by the exit code', async () => {
  const here = workspace();
  const python = playPython(here, ['{"ready":"Python 3"}']);
  const args = [...AGAINST, '--python', python, '--seed', '1', '--values', '20'];
  const outcome = await here.run(args);
  expect(outcome).toMatchObject({ code: 101, err: '' });
  expect(outcome.out).toContain('against Python 3, seed 1\n');
  const shown = /```\n(Ping\.Ask: [^`]*)```/.exec(PAGE)?.[1];
  expect(shown).toContain('vector "prove: not-written" Ask {\n  identifier: 0\n} = hex"0000"\n');
  expect(outcome.out).toContain(shown);
  expect(outcome.out).toContain('differs Ping.Answer: 20 values');
  const one = await here.run([...args, '--message', 'Ping.Ask']);
  expect(one.out).not.toContain('Ping.Answer');
});

test('the ledger of the project takes them away, and tells which entry nobody needs', async () => {
  const entry = (message: string, what: string) => ({
    message,
    field: '*',
    what,
    reason: 'a test',
  });
  const here = workspace({
    'ipv8.config.json': '{}',
    'prove-ledger.json': JSON.stringify([
      entry('*', 'not-written'),
      entry('Ping.*', 'only-typescript-reads'),
      entry('Ping.Ask', 'other-value'),
    ]),
  });
  const python = playPython(here, ['{"ready":"Python 3"}']);
  const outcome = await here.run([...AGAINST, '--python', python, '--seed', '1', '--values', '20']);
  expect(outcome).toMatchObject({
    code: 0,
    err: "the ledger's entry Ping.Ask * other-value was not needed\n",
  });
  expect(outcome.out).toContain(
    'proved 2 messages and structs: both sides write and read the same\n',
  );
});

test('the page shows a ledger that is one, and names every kind of divergence', () => {
  const shown = /```json\n([^`]*)```/.exec(PAGE)?.[1] ?? '';
  expect(parseLedger(shown)).toHaveLength(1);
  const kinds = [...PAGE.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual(DIVERGENCE_KINDS);
});
