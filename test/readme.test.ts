/** Every command the README shows works as it stands there, in a copy of the checkout. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'compiler/README.md',
  'runtime/README.md',
  'runtime/strategies.md',
  'runtime/testing.md',
];
const copy = mkdtempSync(join(tmpdir(), 'ipv8-readme-'));

/** Lines of `sh` blocks. */
const commands = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? '').trim().split('\n'),
);
/** CI runs these two as they are; from within the tests they would run the tests again. */
const INSTALL_AND_RUN = ['npm ci && npm start', 'npm ci && npm test'];

beforeAll(() => {
  const files = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT });
  for (const file of files.stdout.toString().split('\0')) {
    if (file !== '' && existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(copy, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const build = spawnSync('npm', ['run', 'prepare'], { cwd: copy, encoding: 'utf8' });
  expect(build.status, build.stdout + build.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the README shows the two commands', () => {
  expect(commands).toEqual(expect.arrayContaining(INSTALL_AND_RUN));
});

test.each(commands.filter((command) => !INSTALL_AND_RUN.includes(command)))(
  '%s',
  (command) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
      cwd: copy,
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(status, `${stdout}\n${stderr}`).toBe(0);
  },
  130_000,
);

test('links lead somewhere', () => {
  for (const page of PAGES) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      const path = join(ROOT, page, '..', target ?? '');
      expect(existsSync(path), `${page} links to ${target}`).toBe(true);
    }
  }
});

test('the schema in the README is the one in the repository', () => {
  const [, shown] = /```ipv8\n([\s\S]*?)```/.exec(README) ?? [];
  const real = readFileSync(join(ROOT, 'schemas/lamport.ipv8'), 'utf8');
  const withoutDocs = (text: string): string => text.replace(/^\s*\/\/\/.*\n/gm, '');
  expect(withoutDocs(shown ?? '')).toBe(withoutDocs(real));
});
