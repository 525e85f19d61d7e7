import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../emit/temporary-modules.ts';
import { BROKEN, createWorkspace, PING } from './workspace.ts';

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
