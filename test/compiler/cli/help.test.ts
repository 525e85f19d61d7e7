/** What every command says of itself, and of words it does not know. */
import { afterAll, expect, test } from 'vitest';
import { createWorkspace } from './workspace.ts';

const here = createWorkspace({});
afterAll(() => here.remove());

const { out: overview } = await here.run(['--help']);
const names = [...overview.matchAll(/^ {2}([a-z]+)\b.*? {2,}\S/gm)]
  .map(([, name]) => name ?? '')
  .filter((name) => name !== 'ipv8c' && name !== 'help');

test('the overview names every command with a summary', () => {
  expect(names).toEqual(expect.arrayContaining(['compile', 'check', 'format', 'init', 'stub']));
  expect(overview).toContain('Exit codes:');
});

test.each(names)('%s --help describes it and ends with examples', async (name) => {
  const { code, err, out } = await here.run([name, '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(new RegExp(`^Usage: ipv8c ${name}\\b`));
  expect(out).toMatch(/\nExamples:\n(?: {2}\$ ipv8c .*\n)+/);
  // What a list begins with says nothing to who reads this.
  expect(out).not.toContain('[]');
});

/** Commander asks for these before it looks at what it does not know. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  breaking: ['--against', 'a.lock'],
  prove: ['--against', 'python'],
  stub: ['Chat', '--out', 'chat.ts'],
};

test.each(names)('%s with an option it does not know is wrong usage', async (name) => {
  const { code, err, out } = await here.run([name, ...(NEEDED[name] ?? []), '--hepl']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^error: unknown option '--hepl'; the nearest is --help\n/);
});

test.each([
  ['chekc', '; the nearest is check\n'],
  ['explian', '; the nearest is explain\n'],
  ['frobnicate', "unknown command 'frobnicate'\n"],
])('%s is no command', async (name, said) => {
  const { code, err } = await here.run([name]);
  expect(code).toBe(2);
  expect(err).toContain(said);
  expect(err).not.toContain('Did you mean');
});

test('without a command the help goes to standard error, as wrong usage', async () => {
  const { code, err, out } = await here.run([]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Usage: ipv8c');
});

test.each([50, 80, 120])('help is wrapped for %i columns', async (columns) => {
  const { out } = await here.run(['compile', '--help'], { columns });
  const prose = out.slice(0, out.indexOf('Examples:')).split('\n');
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(Math.max(...prose.map((line) => line.length))).toBeGreaterThan(columns - 30);
});

test('help has no colour, whatever the surroundings ask for', async () => {
  const { out } = await here.run(['--help'], { env: { FORCE_COLOR: '1' }, isTTY: true });
  expect(out).toBe(overview);
});
