/** Files that are none, and files that are no text. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace, PING, type Workspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  onTestFinished(() => created.remove());
  return created;
}

const POSIX = process.platform !== 'win32';

test('a directory that is imported is no schema, and is said where it is imported', async () => {
  const here = workspace({ 'schemas/ping.ipv8': `import "./folder.ipv8"\n\n${PING}` });
  mkdirSync(here.path('schemas/folder.ipv8'));
  const outcome = await here.run(['check']);
  expect(outcome.err).toContain('error[import/missing-file]');
  expect(outcome.err).toContain('schemas/ping.ipv8:1:8');
  expect(outcome.code).toBe(100);
});

test.runIf(POSIX)('links that lead nowhere are reported, one for each', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  symlinkSync('loop.ipv8', here.path('schemas/loop.ipv8'));
  symlinkSync('nowhere', here.path('schemas/dangling.ipv8'));
  const outcome = await here.run(['check']);
  expect(outcome.err.match(/error\[import\/missing-file\]/g)).toHaveLength(2);
  expect(outcome.code).toBe(100);
  expect(await here.run(['check', 'schemas/loop.ipv8'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('loop.ipv8: no such file or directory') as string,
  });
});

test.runIf(POSIX)("an editor's hidden files are left alone", async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'schemas/.half.ipv8': 'struct' });
  symlinkSync('user@host.4711', here.path('schemas/.#ping.ipv8'));
  expect(await here.run(['check'])).toMatchObject({ code: 0, out: '1 schema checked\n' });
});

test.runIf(POSIX)('nothing waits for a pipe that lies among schemas', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  execFileSync('mkfifo', [here.path('schemas/pipe.ipv8')]);
  expect(await here.run(['check'])).toMatchObject({ code: 0, out: '1 schema checked\n' });
  for (const file of ['schemas/pipe.ipv8', '/dev/zero']) {
    expect(await here.run(['check', file])).toMatchObject({
      code: 2,
      err: expect.stringContaining('neither a file nor a directory') as string,
    });
  }
  here.write('schemas/ping.ipv8', `import "./pipe.ipv8"\n\n${PING}`);
  expect((await here.run(['check'])).err).toContain('error[import/missing-file]');
});

test('line ends that git gave a checkout are no difference', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['compile']);
  await here.run(['lock']);
  for (const file of ['schemas/ipv8.lock', 'generated/ping.ts', 'schemas/ping.ipv8']) {
    here.write(file, here.read(file).replaceAll('\n', '\r\n'));
  }
  expect((await here.run(['compile', '--check'])).code).toBe(0);
  expect((await here.run(['lock', '--check'])).code).toBe(0);
  here.write('schemas/ipv8.lock', here.read('schemas/ipv8.lock').replace('u16', 'u8'));
  expect((await here.run(['lock', '--check'])).code).toBe(100);
});

test('a lock with the marks of a merge is told with their line', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['lock']);
  here.write('schemas/ipv8.lock', `${here.read('schemas/ipv8.lock')}<<<<<<< HEAD\n`);
  const outcome = await here.run(['lock']);
  expect(outcome.err).toMatch(/^error: schemas\/ipv8\.lock:\d+: a merge left its marks; /);
  expect(outcome.code).toBe(2);
});

test('bytes that are no UTF-8 are no other text', async () => {
  const here = workspace({});
  writeFileSync(
    here.path('latin.ipv8'),
    Buffer.from('/// Caf\xe9\ncommunity A = sha1("caf\xe9") {\n}\n', 'latin1'),
  );
  const outcome = await here.run(['check', 'latin.ipv8']);
  expect(outcome.err.match(/^error\[.*/gm)).toEqual([
    'error[syntax/not-utf8]: the schema is not UTF-8',
  ]);
  expect(outcome.code).toBe(100);
});
