import { chmodSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createWorkspace, PING, type Workspace } from './workspace.ts';

const opened: Workspace[] = [];

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  opened.push(created);
  return created;
}

afterEach(() => {
  for (const one of opened.splice(0)) one.remove();
});

const UNTIDY = 'struct  A {a:u8}\r\n';
const TIDY = 'struct A { a: u8 }\n';

test('formats the schemas of the configuration, and touches no others', async () => {
  const files = { 'schemas/a.ipv8': UNTIDY, 'schemas/ping.ipv8': PING, 'other.ipv8': UNTIDY };
  const { path, read, run } = workspace(files);
  utimesSync(path('schemas/ping.ipv8'), 1, 1);
  expect(await run(['format'])).toEqual({ code: 0, out: 'formatted 1, unchanged 1\n', err: '' });
  expect(read('schemas/a.ipv8')).toBe(TIDY);
  expect(statSync(path('schemas/ping.ipv8')).mtimeMs).toBe(1000);
  expect(read('other.ipv8')).toBe(UNTIDY);
  expect(readdirSync(path('schemas'))).toEqual(['a.ipv8', 'ping.ipv8']);
});

test('writes through a link and keeps the mode', async () => {
  const { path, read, run } = workspace({ 'real/a.ipv8': UNTIDY });
  chmodSync(path('real/a.ipv8'), 0o640);
  symlinkSync(path('real/a.ipv8'), path('link.ipv8'));
  expect(await run(['format', 'link.ipv8'])).toMatchObject({ code: 0 });
  expect(read('real/a.ipv8')).toBe(TIDY);
  expect(statSync(path('real/a.ipv8')).mode & 0o777).toBe(0o640);
});

test('--check lists what is not formatted and writes nothing', async () => {
  const { read, run } = workspace({ 'schemas/a.ipv8': UNTIDY, 'schemas/b.ipv8': TIDY });
  expect(await run(['format', '--check'])).toEqual({
    code: 101,
    out: 'not formatted: schemas/a.ipv8\n',
    err: 'some schemas are not formatted: run ipv8c format\n',
  });
  expect(read('schemas/a.ipv8')).toBe(UNTIDY);
  expect(await run(['format', 'schemas/b.ipv8', '--check'])).toEqual({
    code: 0,
    out: 'unchanged 1\n',
    err: '',
  });
});

test('--diff prints what would change and writes nothing', async () => {
  const { read, run } = workspace({ 'schemas/a.ipv8': 'struct  A {a:u8}\n' });
  const diff = `--- schemas/a.ipv8
+++ schemas/a.ipv8
@@ -1 +1 @@
-struct  A {a:u8}
+struct A { a: u8 }
`;
  expect(await run(['format', '--diff'])).toEqual({ code: 0, out: diff, err: '' });
  const checked = await run(['format', '--diff', '--check']);
  expect(checked).toMatchObject({ code: 101, out: diff });
  expect(read('schemas/a.ipv8')).toBe('struct  A {a:u8}\n');
});

test('- reads standard input and writes standard output', async () => {
  const { run } = workspace({});
  const input = () => Promise.resolve(new TextEncoder().encode(UNTIDY));
  expect(await run(['format', '-'], { input })).toEqual({ code: 0, out: TIDY, err: '' });
  expect(await run(['format', '-', '--check'], { input })).toMatchObject({
    code: 101,
    out: 'not formatted: <stdin>\n',
  });
  expect(await run(['format', '-', 'a.ipv8'], { input })).toMatchObject({ code: 2, out: '' });
});

test('a broken schema is formatted around its faults, and that is said', async () => {
  const { read, run } = workspace({ 'a.ipv8': 'strukt  ?\nstruct  B {b:u8}\n' });
  const { code, err } = await run(['format', 'a.ipv8']);
  expect(code).toBe(0);
  expect(err).toBe('warning: a.ipv8: 1 fault; what could not be read is left as it was\n');
  expect(read('a.ipv8')).toBe('strukt  ?\nstruct B { b: u8 }\n');
});

test('what is no UTF-8 stops before anything is written', async () => {
  const { path, read, run } = workspace({ 'a.ipv8': UNTIDY });
  writeFileSync(path('b.ipv8'), new Uint8Array([0x2f, 0x2f, 0xff]));
  const { code, err } = await run(['format', '.']);
  expect(code).toBe(2);
  expect(err).toBe('error: b.ipv8 is not UTF-8; nothing was written\n');
  expect(read('a.ipv8')).toBe(UNTIDY);
});

test('has help with examples', async () => {
  const { run } = workspace({});
  const { code, out } = await run(['format', '--help']);
  expect(code).toBe(0);
  expect(out).toContain('$ ipv8c format - < lamport.ipv8');
});
