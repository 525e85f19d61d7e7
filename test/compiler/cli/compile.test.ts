import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { run } from '../../../compiler/cli/run.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import {
  BROKEN,
  brokenSchema,
  createWorkspace,
  PING,
  PING_ASK_ONLY,
  pingSchema,
  type Workspace,
} from './workspace.ts';

const opened: Workspace[] = [];

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  opened.push(created);
  return created;
}

afterEach(() => {
  for (const one of opened.splice(0)) one.remove();
});

test('what is committed under generated/ is what the schemas say', async () => {
  const said: string[] = [];
  const code = await run(['compile', '--check'], {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    cwd: ROOT,
    env: {},
    isTTY: false,
    columns: 100,
  });
  expect({ code, said: code === 0 ? '' : said.join('') }).toEqual({ code: 0, said: '' });
});

test('one module per schema, named after it', async () => {
  const here = workspace({
    'schemas/ping.ipv8': PING,
    'schemas/deep/pong.ipv8': pingSchema('Pong'),
  });
  const outcome = await here.run(['compile']);
  expect(outcome).toEqual({ code: 0, out: 'written 2, unchanged 0\n', err: '' });
  expect(here.read('generated/ping.ts')).toContain("} from 'ipv8/codegen';");
  expect(here.read('generated/ping.ts')).toContain('(schemas/ping.ipv8:5)');
  expect(here.read('generated/deep/pong.ts')).toContain('export const pongProtocol');
});

test('a module that is up to date is not touched', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['compile']);
  const file = here.path('generated/ping.ts');
  utimesSync(file, 1000, 1000);
  expect((await here.run(['compile'])).out).toBe('written 0, unchanged 1\n');
  expect(statSync(file).mtimeMs).toBe(1_000_000);
});

test('the same module from any directory, and from a schema named alone', async () => {
  const here = workspace({ 'ipv8.config.json': '{}', 'schemas/deep/ping.ipv8': PING });
  await here.run(['compile']);
  const below = { cwd: here.path('schemas/deep') };
  expect((await here.run(['compile', 'ping.ipv8'], below)).out).toBe('written 0, unchanged 1\n');
  expect((await here.run(['compile', '../../schemas', '--check'], below)).code).toBe(0);
});

test('relative specifiers are made relative to each module', async () => {
  const config = JSON.stringify({ schemas: ['.'], out: 'made/here', codegen: './lib/codegen.ts' });
  const here = workspace({
    'ipv8.config.json': config,
    'ping.ipv8': PING,
    'deep/pong.ipv8': pingSchema('Pong'),
  });
  expect((await here.run(['compile'])).code).toBe(0);
  expect(here.read('made/here/ping.ts')).toContain("from '../../lib/codegen.ts'");
  expect(here.read('made/here/deep/pong.ts')).toContain("from '../../../lib/codegen.ts'");
});

test('--check says what is missing, different and extra, and writes nothing', async () => {
  const here = workspace({
    'schemas/a.ipv8': PING,
    'schemas/b.ipv8': pingSchema('Pong'),
    'schemas/c.ipv8': pingSchema('Pung'),
  });
  await here.run(['compile']);
  here.write('schemas/a.ipv8', PING_ASK_ONLY);
  here.write('schemas/d.ipv8', pingSchema('Peng'));
  here.write('generated/mine.ts', 'export {};\n');
  rmSync(here.path('schemas/b.ipv8'));
  const outcome = await here.run(['compile', '--check']);
  expect(outcome.code).toBe(101);
  expect(outcome.out).toBe(
    [
      'different: generated/a.ts',
      'extra, no schema here gives it: generated/b.ts',
      'missing: generated/d.ts',
      '',
    ].join('\n'),
  );
  expect(readdirSync(here.path('generated')).sort()).toEqual(['a.ts', 'b.ts', 'c.ts', 'mine.ts']);
});

test('errors of all files at once, and nothing is written', async () => {
  const here = workspace({
    'schemas/good.ipv8': PING,
    'schemas/one.ipv8': BROKEN,
    'schemas/two.ipv8': brokenSchema('Other'),
  });
  const outcome = await here.run(['compile']);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain('schemas/one.ipv8:7');
  expect(outcome.err).toContain('schemas/two.ipv8:7');
  expect(outcome.err).toMatch(/^2 errors, \d+ warnings?$/m);
  expect(readdirSync(here.directory)).toEqual(['schemas']);
});

test('an imported schema is checked, and emitted only when it is named', async () => {
  const here = workspace({
    'schemas/node.ipv8': '/// A node.\nstruct Node {\n  /// Its port.\n  port: u16\n}\n',
    'schemas/user.ipv8': `import "./node.ipv8"\n\n${PING.replace('identifier: u16', 'node: Node')}`,
  });
  const outcome = await here.run(['compile', 'schemas/user.ipv8']);
  expect(outcome).toMatchObject({ code: 0, out: 'written 1, unchanged 0\n' });
  expect(here.read('generated/user.ts')).toContain("import { Node } from './node.ts';");
  expect(readdirSync(here.path('generated'))).toEqual(['user.ts']);
});

test.each([
  [['compile', 'nowhere'], /nowhere: no such file or directory/],
  [['compile', 'empty'], /empty: no \.ipv8 file below it/],
  [['compil'], /unknown command 'compil'; the nearest is compile\n/],
  [['compile', '--chekc'], /unknown option '--chekc'; the nearest is --check\n/],
  [['stub', 'Ping'], /required option '--out <file>' not specified/],
  [['stub', 'Pingg', '--out', 'x.ts'], /no community is called Pingg; the nearest is Ping/],
])('%j is wrong usage', async (args, message) => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  mkdirSync(here.path('empty'));
  const outcome = await here.run(args);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toMatch(message);
  expect(outcome.err).not.toMatch(/^\s+at /m);
});

test('two schemas that would become one module are refused', async () => {
  const here = workspace({ 'a/ping.ipv8': PING, 'b/ping.ipv8': pingSchema('Pong') });
  const outcome = await here.run(['compile', 'a', 'b']);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain('error[name/duplicate-module]');
});

test('a directory in the place of a module is told in a sentence', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'generated/ping.ts/x': '' });
  const outcome = await here.run(['compile']);
  expect(outcome.code).toBe(1);
  expect(outcome.err).toMatch(/^error: EISDIR/);
  expect(readdirSync(here.path('generated'))).toEqual(['ping.ts']);
});

test('check counts what it checked', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'other/one.ipv8': BROKEN });
  expect(await here.run(['check'])).toEqual({ code: 0, out: '1 schema checked\n', err: '' });
  expect((await here.run(['check', 'schemas', 'other'])).code).toBe(100);
});

test.each([
  [{}, false, false],
  [{}, true, true],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [{ TERM: 'dumb' }, true, false],
])('with %j and a terminal: %s, colour is %s', async (env, isTTY, isColored) => {
  const here = workspace({ 'schemas/one.ipv8': BROKEN });
  const { err } = await here.run(['check'], { env, isTTY });
  expect(err.includes('\u001b[')).toBe(isColored);
});

test.each([
  [['--help']],
  [['compile', '--help']],
  [['check', '--help']],
  [['stub', '--help']],
  [['key', 'new', '--help']],
])('%j has examples and is no mistake', async (args) => {
  const here = workspace({});
  const outcome = await here.run(args);
  expect(outcome).toMatchObject({ code: 0, err: '' });
  expect(outcome.out).toContain('Examples:\n  $ ipv8c ');
});

test('the version is the package’s', async () => {
  const here = workspace({});
  const { default: manifest } = await import(join(ROOT, 'package.json'), {
    with: { type: 'json' },
  });
  expect(await here.run(['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
});

test('--check says which modules git does not know, in a work tree only', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'schemas/pong.ipv8': pingSchema('Pong') });
  await here.run(['compile']);
  expect((await here.run(['compile', '--check'])).code).toBe(0);
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: here.directory });
  git('init', '-q');
  git('add', 'generated/pong.ts');
  expect(await here.run(['compile', '--check'])).toEqual({
    code: 101,
    out: 'not known to git: generated/ping.ts\n',
    err: 'generated files are not under version control: run git add\n',
  });
  here.write('.gitignore', 'ping.ts\n');
  expect((await here.run(['compile', '--check'])).code).toBe(0);
});

test('- gives the module of the schema on standard input', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  const input = () => Promise.resolve(new TextEncoder().encode(PING));
  const { code, out, err } = await here.run(['compile', '-'], { input });
  await here.run(['compile']);
  const written = here.read('generated/ping.ts').replaceAll('schemas/ping.ipv8', '<stdin>');
  // How the header is wrapped depends on the path.
  const flat = (text: string): string => text.replace(/\n \* /g, ' ');
  expect({ code, out: flat(out), err }).toEqual({ code: 0, out: flat(written), err: '' });
  const wrong = await here.run(['compile', '-', '--check'], { input });
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('stands alone') as string });
  const broken = { input: () => Promise.resolve(new TextEncoder().encode(BROKEN)) };
  expect(await here.run(['compile', '-'], broken)).toMatchObject({ code: 100, out: '' });
});
