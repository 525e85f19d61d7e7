import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../emit/temporary-modules.ts';
import { BROKEN, createWorkspace, PING, PING_ASK_ONLY, pingSchema } from './workspace.ts';

const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

test('the executable writes modules and gives its exit code to the shell', () => {
  const here = createWorkspace({ 'schemas/ping.ipv8': PING });
  onTestFinished(() => here.remove());
  const command = ['--import', TSX, join(ROOT, 'compiler/cli/main.ts'), 'compile'];
  const good = spawnSync(process.execPath, command, { cwd: here.directory, encoding: 'utf8' });
  expect(good).toMatchObject({ status: 0, stdout: 'written 1, unchanged 0\n' });
  here.write('schemas/broken.ipv8', BROKEN);
  const bad = spawnSync(process.execPath, command, { cwd: here.directory, encoding: 'utf8' });
  expect(bad.status).toBe(100);
  expect(bad.stderr).toContain('schemas/broken.ipv8:7');
}, 60_000);

test('a reader that has seen enough ends the command without a word', async () => {
  const here = createWorkspace({ 'schemas/ping.ipv8': PING });
  onTestFinished(() => here.remove());
  here.write('many.hex', `${'00'.repeat(30)}\n\n`.repeat(5000));
  const command = ['--import', TSX, join(ROOT, 'compiler/cli/main.ts'), 'decode', 'many.hex'];
  const child = spawn(process.execPath, command, { cwd: here.directory });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => void (complaints += String(chunk)));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(complaints).toBe('');
}, 60_000);

test('a watch sees what the file system says, and ends when it is interrupted', async () => {
  const here = createWorkspace({ 'schemas/ping.ipv8': PING_ASK_ONLY });
  onTestFinished(() => here.remove());
  const command = ['--import', TSX, join(ROOT, 'compiler/cli/main.ts'), 'compile', '--watch'];
  const child = spawn(process.execPath, command, { cwd: here.directory });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = async (words: string): Promise<void> => {
    for (let text = ''; !text.includes(words);) {
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      text += String(chunk);
    }
  };
  const [, [notice]] = (await Promise.all([said('written 1'), once(child.stderr, 'data')])) as [
    undefined,
    [Buffer],
  ];
  expect(String(notice)).toBe('watching 1 schema; Ctrl+C ends it\n');
  const again = said('written 1, unchanged 0');
  here.write('schemas/ping.ipv8', PING);
  await again;
  expect(here.read('generated/ping.ts')).toContain('class Answer');
  const beside = said('written 1, unchanged 1');
  here.write('schemas/new/pong.ipv8', pingSchema('Pong'));
  await beside;
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
}, 60_000);
