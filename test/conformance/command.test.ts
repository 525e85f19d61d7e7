import { expect, test } from 'vitest';
import type { Case } from './case.ts';
import { runCommand, type CommandParts } from './command.ts';
import { MissingPython } from './python-environment.ts';

const DIFFERENCES = '| `own-key` | handles | drops | signs |\n';

const CASES: readonly Case[] = ['keys', 'ping', 'ping-ipv6'].map((name) => ({
  name,
  run: () => Promise.resolve(),
}));

async function run(
  args: readonly string[],
  parts: Partial<CommandParts> & { readonly failing?: readonly string[] } = {},
) {
  const lines: string[] = [];
  const ran: string[] = [];
  let nowMs = 0;
  const code = await runCommand(args, {
    write: (text) => void lines.push(text),
    cases: CASES,
    expectedFailures: '',
    differences: DIFFERENCES,
    preparePython: () => Promise.resolve({ program: (name) => name }),
    runCase({ name }) {
      ran.push(name);
      return Promise.resolve(parts.failing?.includes(name) === true ? 'no peer' : undefined);
    },
    now: () => (nowMs += 1_250),
    ...parts,
  });
  return { code, ran, output: lines.join('') };
}

test('a line for each case, and the sum in the last one', async () => {
  expect(await run([])).toEqual({
    code: 0,
    ran: ['keys', 'ping', 'ping-ipv6'],
    output:
      'passed keys (1.3 s)\npassed ping (1.3 s)\npassed ping-ipv6 (1.3 s)\n3 passed, 0 failed\n',
  });
});

test('a failed case fails the run, and the others run all the same', async () => {
  const { code, output } = await run([], { failing: ['ping'] });
  expect(code).toBe(1);
  expect(output).toContain('FAILED ping (1.3 s): no peer\n');
  expect(output).toMatch(/\n2 passed, 1 failed\n$/);
});

test('the lines of a case are its first one, and those behind it that are set in', async () => {
  const runCase = () => Promise.resolve('no peer; it said:\n  hello\n\nbye\n');
  const { output } = await run(['--only', 'keys'], { runCase });
  expect(output).toBe(
    'FAILED keys (1.3 s): no peer; it said:\n    hello\n    bye\n0 passed, 1 failed\n',
  );
});

test('an expected failure passes, and an unexpected pass fails', async () => {
  const expectedFailures = 'ping own-key\n';
  const asExpected = await run([], { expectedFailures, failing: ['ping'] });
  expect(asExpected.code).toBe(0);
  expect(asExpected.output).toContain('failed as expected ping (1.3 s): own-key\n');
  const unexpected = await run([], { expectedFailures });
  expect(unexpected.code).toBe(1);
  expect(unexpected.output).toContain('FAILED ping (1.3 s): passes, though');
  expect(unexpected.output).toMatch(/\n2 passed, 1 failed\n$/);
});

test('a name, or the start of names, selects', async () => {
  expect((await run(['--only', 'ping'])).ran).toEqual(['ping', 'ping-ipv6']);
  expect((await run(['--only', 'ping-ipv6', '--only', 'keys'])).ran).toEqual(['keys', 'ping-ipv6']);
  expect((await run(['--only', 'pong'])).code).toBe(2);
  expect((await run(['--fast'])).code).toBe(2);
});

test('the list runs nothing', async () => {
  const { code, output, ran } = await run(['--list']);
  expect({ code, output, ran }).toEqual({ code: 0, output: 'keys\nping\nping-ipv6\n', ran: [] });
});

test('without Python every case fails, and the reason is said', async () => {
  const preparePython = () => Promise.reject(new MissingPython('Python is missing'));
  const { code, output, ran } = await run([], { preparePython });
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(output).toBe('Python is missing\n0 passed, 3 failed\n');
});
