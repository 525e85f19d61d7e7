/** `compile --watch`: changes come from a watcher that the test moves by hand. */
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Watcher } from '../../../compiler/cli/watcher.ts';
import {
  BROKEN,
  createWorkspace,
  type Outcome,
  PING,
  PING_ASK_ONLY,
  pingSchema,
  type Workspace,
} from './workspace.ts';

type Watching = {
  readonly here: Workspace;
  /** What it said before it waited for the first time. */
  readonly first: string;
  /** Directories that are watched while nothing happens, from the workspace. */
  directories(): readonly string[];
  /** Lets the command look again; resolves with what it said when it waits for the next change. */
  look(): Promise<string>;
  /** Interrupts it. */
  end(): Promise<Outcome & { readonly isClosed: boolean }>;
};

const opened: Workspace[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.remove();
});

async function watching(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Watching> {
  const here = createWorkspace(files);
  opened.push(here);
  let said = '';
  let isClosed = false;
  let watched: ReadonlySet<string> = new Set();
  let waits = pending<void>();
  let next = pending<boolean>();
  const watcher: Watcher = {
    async changed(directories) {
      watched = directories;
      waits.resolve();
      return next.promise;
    },
    close: () => void (isClosed = true),
  };
  const outcome = here.run(['compile', '--watch', ...args], {
    createWatcher: () => watcher,
    out: (text) => void (said += text),
    err: (text) => void (said += text),
  });
  const settle = async (): Promise<string> => {
    await Promise.race([waits.promise, outcome]);
    const text = said;
    said = '';
    return text;
  };
  const go = (isChanged: boolean): void => {
    const { resolve } = next;
    waits = pending();
    next = pending();
    resolve(isChanged);
  };
  return {
    here,
    first: await settle(),
    directories: () => [...watched].map((one) => one.slice(here.directory.length + 1)).sort(),
    look() {
      go(true);
      return settle();
    },
    async end() {
      go(false);
      return { ...(await outcome), isClosed };
    },
  };
}

type Pending<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void };

function pending<T>(): Pending<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('compiles, compiles again what has changed, and ends when it is interrupted', async () => {
  const { first, here, look, end } = await watching({
    'schemas/ping.ipv8': PING_ASK_ONLY,
    'schemas/pong.ipv8': pingSchema('Pong'),
  });
  expect(first).toBe('written 2, unchanged 0\nwatching 2 schemas; Ctrl+C ends it\n');
  expect(await look()).toBe('');
  here.write('schemas/ping.ipv8', PING);
  expect(await look()).toBe('written 1, unchanged 1\n');
  expect(here.read('generated/ping.ts')).toContain('class Answer');
  expect(await end()).toEqual({ code: 0, out: '', err: '', isClosed: true });
});

test('a fault is shown once, writes nothing, and is forgotten when it is mended', async () => {
  const { here, look, end } = await watching({ 'schemas/ping.ipv8': PING });
  const before = here.read('generated/ping.ts');
  here.write('schemas/ping.ipv8', BROKEN);
  expect(await look()).toContain('error[name/unknown]');
  expect(await look()).toBe('');
  expect(here.read('generated/ping.ts')).toBe(before);
  here.write('schemas/ping.ipv8', PING);
  expect(await look()).toBe('written 0, unchanged 1\n');
  await end();
});

test('schemas that begin with a fault are watched', async () => {
  const { first, here, look, end } = await watching({ 'schemas/ping.ipv8': BROKEN });
  expect(first).toMatch(/error\[name\/unknown\][^]*watching 1 schema;/);
  here.write('schemas/ping.ipv8', PING);
  expect(await look()).toBe('written 1, unchanged 0\n');
  await end();
});

test('new, renamed and deleted schemas, and new directories', async () => {
  const { here, look, end, directories } = await watching({ 'schemas/ping.ipv8': PING });
  expect(directories()).toEqual(['', 'schemas']);
  here.write('schemas/deep/pong.ipv8', pingSchema('Pong'));
  expect(await look()).toBe('written 1, unchanged 1\n');
  expect(directories()).toEqual(['', 'schemas', 'schemas/deep']);
  rmSync(here.path('schemas/deep'), { recursive: true });
  const extra = 'extra, no schema here gives it: generated/deep/pong.ts\n';
  expect(await look()).toBe(`written 0, unchanged 1\n${extra}`);
  expect(await look()).toBe('');
  expect(directories()).toEqual(['', 'schemas']);
  await end();
});

test('when everything is gone it says so once, and goes on when it comes back', async () => {
  const { here, look, end, directories } = await watching({ 'schemas/ping.ipv8': PING });
  rmSync(here.path('schemas'), { recursive: true });
  expect(await look()).toContain('no such file or directory');
  expect(await look()).toBe('');
  expect(directories()).toEqual(['']);
  here.write('schemas/ping.ipv8', PING);
  expect(await look()).toBe('written 0, unchanged 1\n');
  await end();
});

test('an imported schema outside the named ones, and the configuration, are watched too', async () => {
  const { first, here, look, end, directories } = await watching({
    'ipv8.config.json': '{}',
    'shared/types.ipv8': '/// A.\nstruct A { a: u8 }\n',
    'schemas/b.ipv8': 'import "../shared/types.ipv8"\n/// B.\nstruct B { a: A }\n',
  });
  expect(first).toContain('written 1');
  expect(directories()).toEqual(['', 'schemas', 'shared']);
  here.write('shared/types.ipv8', '/// A.\nstruct A { a: u16 }\n');
  expect(await look()).toContain('unchanged');
  here.write('ipv8.config.json', '{ "out": "made" }');
  expect(await look()).toBe('written 1, unchanged 0\n');
  expect(here.read('made/b.ts')).toContain('class B');
  here.write('ipv8.config.json', '{ "oot": "made" }');
  expect(await look()).toContain('"oot" is not a setting');
  await end();
});

test('a generated module that was spoilt is written again', async () => {
  const { here, look, end } = await watching({ 'schemas/ping.ipv8': PING });
  here.write('generated/ping.ts', '');
  expect(await look()).toBe('written 1, unchanged 0\n');
  await end();
});

test.each([
  [['--check'], "error: option '--watch' cannot be used with option '--check'"],
  [['--format', 'sarif'], '--watch reports again and again'],
  [['-'], 'standard input cannot be watched'],
  [['nowhere'], 'no such file or directory'],
])('%s with --watch is wrong usage', async (args, complaint) => {
  const here = createWorkspace({ 'schemas/ping.ipv8': PING });
  opened.push(here);
  const createWatcher = (): Watcher => ({ changed: () => Promise.resolve(false), close() {} });
  const { code, err } = await here.run(['compile', '--watch', ...args], { createWatcher });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(complaint) as string });
});
