import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace, PING, PING_ASK_ONLY } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>) {
  const here = createWorkspace(files);
  onTestFinished(() => here.remove());
  return here;
}

test('a new file imports what the configuration says', async () => {
  const config = JSON.stringify({ codegen: './lib/codegen.ts', runtime: './lib/index.ts' });
  const here = workspace({ 'ipv8.config.json': config, 'schemas/ping.ipv8': PING });
  const outcome = await here.run(['stub', 'Ping', '--out', 'source/ping.ts']);
  expect(outcome).toEqual({ code: 0, out: 'written source/ping.ts with 2 handlers\n', err: '' });
  const text = here.read('source/ping.ts');
  expect(text).toContain("from '../lib/index.ts';");
  expect(text).toContain("from '../generated/ping.ts';");
  expect(text).toContain("throw new NotImplementedError('Ask', 'schemas/ping.ipv8:5');");
});

test('a message that came is added, one that went is reported, the second run changes nothing', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING_ASK_ONLY });
  await here.run(['stub', 'Ping', '--out', 'ping.ts']);
  here.write('schemas/ping.ipv8', PING);
  const command = ['stub', 'Ping', '--out', 'ping.ts'];
  expect((await here.run(command)).out).toBe('added 1 handler to ping.ts: answer\n');
  const text = here.read('ping.ts');
  expect(await here.run(command)).toEqual({ code: 0, out: 'unchanged ping.ts\n', err: '' });
  here.write('schemas/ping.ipv8', PING_ASK_ONLY);
  const gone = await here.run(command);
  expect(gone.err).toContain(
    'warning[stub/unknown-handler]: `answer` handles no message of `Ping`',
  );
  expect(gone.err).toMatch(/--> ping\.ts:\d+:9\n/);
  expect(gone.code).toBe(0);
  expect(here.read('ping.ts')).toBe(text);
});

test('the file keeps its mode, and a link stays a link', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING_ASK_ONLY });
  await here.run(['stub', 'Ping', '--out', 'real.ts']);
  chmodSync(here.path('real.ts'), 0o640);
  symlinkSync(here.path('real.ts'), here.path('link.ts'));
  here.write('schemas/ping.ipv8', PING);
  expect((await here.run(['stub', 'Ping', '--out', 'link.ts'])).code).toBe(0);
  expect(lstatSync(here.path('link.ts')).isSymbolicLink()).toBe(true);
  expect(statSync(here.path('real.ts')).mode & 0o777).toBe(0o640);
  expect(here.read('real.ts')).toContain('answer(');
});

test('a file without handlers is refused with what is looked for', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'ping.ts': 'export {};\n' });
  const outcome = await here.run(['stub', 'Ping', '--out', 'ping.ts']);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain('error[stub/no-home]: the file holds no handlers of `Ping`');
  expect(outcome.err).toContain('help: write an object: `const handlers: PingHandlers = {}`');
  expect(here.read('ping.ts')).toBe('export {};\n');
});

test('an abstract community has no handlers of its own', async () => {
  const here = workspace({
    'schemas/base.ipv8':
      '/// A base.\nabstract community Base {\n  /// One.\n  signed message One = 1 {\n    /// A.\n    a: u8\n  }\n}\n',
  });
  const outcome = await here.run(['stub', 'Base', '--out', 'base.ts']);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('Base is abstract');
});

test('--check writes nothing and tells what is missing or left over', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING_ASK_ONLY });
  await here.run(['stub', 'Ping', '--out', 'ping.ts']);
  const command = ['stub', 'Ping', '--out', 'ping.ts', '--check'];
  expect(await here.run(command)).toEqual({ code: 0, out: 'unchanged ping.ts\n', err: '' });
  const old = here.read('ping.ts');
  here.write('schemas/ping.ipv8', PING);
  const lacking = await here.run(command);
  expect(lacking.code).toBe(101);
  expect(lacking.err).toContain('error[stub/missing-handler]: message `Answer` has no handler');
  expect(lacking.err).toContain('ping.ts: 1 handler missing, 0 left over\n');
  expect(here.read('ping.ts')).toBe(old);
  await here.run(['stub', 'Ping', '--out', 'ping.ts']);
  here.write('schemas/ping.ipv8', PING_ASK_ONLY);
  const left = await here.run(command);
  expect(left.code).toBe(101);
  expect(left.err).toContain('ping.ts: 0 handlers missing, 1 left over\n');
});

test('a renamed message: the suggestion for programs holds the edit', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['stub', 'Ping', '--out', 'ping.ts']);
  here.write('schemas/ping.ipv8', PING.replace('message Answer', 'message OnAnswer'));
  const command = ['stub', 'Ping', '--out', 'ping.ts', '--check', '--format', 'json'];
  const { code, out } = await here.run(command);
  expect(code).toBe(101);
  const faults = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { code: string });
  expect(faults.map((one) => one.code)).toEqual(['stub/missing-handler', 'stub/unknown-handler']);
  expect(JSON.stringify(faults[1])).toContain('"replacement":"onAnswer"');
});

test('--check of a file that is not there is wrong usage', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  const outcome = await here.run(['stub', 'Ping', '--out', 'ping.ts', '--check']);
  expect(outcome).toEqual({ code: 2, out: '', err: 'error: ping.ts: there is no such file\n' });
});

const NARROW = { printWidth: 60, tabWidth: 4, semi: false };

test.each([
  ['.prettierrc', JSON.stringify(NARROW)],
  ['package.json', JSON.stringify({ prettier: NARROW })],
])('%s says what the file gives no example of', async (name, settings) => {
  const here = workspace({
    [name]: settings,
    'schemas/ping.ipv8': PING_ASK_ONLY,
    'source/ping.ts': 'export const mine: PingHandlers = {}\n',
  });
  expect((await here.run(['stub', 'Ping', '--out', 'source/ping.ts'])).code).toBe(0);
  expect(here.read('source/ping.ts')).toBe(
    [
      'import { NotImplementedError } from "ipv8"',
      '',
      'export const mine: PingHandlers = {',
      '    /** Asks. */',
      '    ask(_message, _context) {',
      '        throw new NotImplementedError(',
      '            "Ask",',
      '            "schemas/ping.ipv8:5",',
      '        )',
      '    },',
      '}',
      '',
    ].join('\n'),
  );
});

test('settings of Prettier that are not JSON are passed over', async () => {
  const here = workspace({
    '.prettierrc': 'printWidth: 60\n',
    'schemas/ping.ipv8': PING_ASK_ONLY,
    'ping.ts': 'export const mine: PingHandlers = {};\n',
  });
  expect((await here.run(['stub', 'Ping', '--out', 'ping.ts'])).code).toBe(0);
  expect(here.read('ping.ts')).toContain("throw new NotImplementedError('Ask', 'schemas/");
});
