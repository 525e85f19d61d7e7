import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;

test('a key file that is none ends the example with one line, and no node stays behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ipv8-lamport-'));
  mkdirSync(join(folder, '.lamport'));
  writeFileSync(join(folder, '.lamport/medium-2.pem'), 'garbage');
  const tsx = join(ROOT, 'node_modules/tsx/dist/loader.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', tsx, join(ROOT, 'examples/05-lamport.ts')],
    { cwd: folder, encoding: 'utf8', timeout: 50_000 },
  );
  rmSync(folder, { recursive: true });
  // A node that stayed would keep the process until the time-out, which has no status.
  expect(status, stderr).toBe(1);
  expect(stderr).toContain('.lamport/medium-2.pem');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
