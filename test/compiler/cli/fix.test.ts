import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { BROKEN, createWorkspace, PING, type Workspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  onTestFinished(() => created.remove());
  return created;
}

const MISSPELT = PING.replace('signed message Ask', 'signed mesage Ask').replace(': u16', ' u16');

test('--fix writes what cannot be wrong and says so', async () => {
  const here = workspace({ 'schemas/ping.ipv8': MISSPELT });
  chmodSync(here.path('schemas/ping.ipv8'), 0o640);
  expect(await here.run(['check', '--fix'])).toEqual({
    code: 0,
    out: 'fixed schemas/ping.ipv8: syntax/unknown-word, syntax/expected\n1 schema checked\n',
    err: '',
  });
  expect(here.read('schemas/ping.ipv8')).toBe(PING);
  expect(statSync(here.path('schemas/ping.ipv8')).mode & 0o777).toBe(0o640);
  expect((await here.run(['check', '--fix'])).out).toBe('1 schema checked\n');
});

test('what is left is reported, in the format asked for', async () => {
  const both = BROKEN.replace('message One', 'mesage One');
  const here = workspace({ 'schemas/broken.ipv8': both });
  const outcome = await here.run(['check', '--fix', '--format', 'json']);
  expect(outcome).toMatchObject({
    code: 100,
    err: 'fixed schemas/broken.ipv8: syntax/unknown-word\n',
  });
  expect(JSON.parse(outcome.out)).toMatchObject({ code: 'name/unknown' });
  expect(here.read('schemas/broken.ipv8')).toBe(BROKEN);
});

test('imported schemas are not written', async () => {
  const here = workspace({
    'schemas/a.ipv8': 'import "../other/b.ipv8"\n\n/// A.\nstruct A { b: B }\n',
    'other/b.ipv8': '/// B.\nstruct B { a u8 }\n',
  });
  expect((await here.run(['check', '--fix'])).code).toBe(100);
  expect(here.read('other/b.ipv8')).toContain('a u8');
});

test('bytes that are no text are not written back as text', async () => {
  const here = workspace({ 'schemas/ping.ipv8': MISSPELT });
  const bytes = Buffer.concat([Buffer.from(MISSPELT), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]);
  writeFileSync(here.path('schemas/ping.ipv8'), bytes);
  const outcome = await here.run(['check', '--fix']);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('schemas/ping.ipv8 is not UTF-8');
});

test('- is standard input, in the current directory', async () => {
  const here = workspace({
    'sub/b.ipv8': '/// B.\nstruct B { a: u8 }\n',
    'ipv8.config.json': '{}',
  });
  const text = 'import "./b.ipv8"\n\n/// A.\nstruct A { b: B, c: C }\n';
  const at = { cwd: here.path('sub'), input: () => Promise.resolve(Buffer.from(text)) };
  const outcome = await here.run(['check', '-', '--format', 'json'], at);
  expect(outcome.code).toBe(100);
  expect(JSON.parse(outcome.out)).toMatchObject({ file: '<stdin>', line: 4, code: 'name/unknown' });
  const fine = { ...at, input: () => Promise.resolve(Buffer.from(text.replace(', c: C', ''))) };
  expect(await here.run(['check', '-'], fine)).toMatchObject({
    code: 0,
    out: '1 schema checked\n',
  });
  expect((await here.run(['check', '-', '--fix'], at)).err).toContain('standard input is none');
  expect((await here.run(['check', '-'])).err).toContain('nothing is read from standard input');
});
