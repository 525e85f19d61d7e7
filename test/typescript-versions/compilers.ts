/** The TypeScript versions of the fixture beside this file, each as a command. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = new URL('.', import.meta.url).pathname;
const INSTALLED = join(FOLDER, 'node_modules/.package-lock.json');

/** The oldest that is promised, one in between, and the newest two. */
export const VERSIONS = ['5.4', '5.7', '6', '7'] as const;

export type Version = (typeof VERSIONS)[number];

/** Where the fixture's type packages lie: `@types/node`, for `AbortSignal` and `console`. */
export const TYPE_ROOTS = join(FOLDER, 'node_modules/@types');

/** Installs the compilers when they are missing, or older than their lock. */
export function installCompilers(): void {
  const lock = join(FOLDER, 'package-lock.json');
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(lock).mtimeMs) return;
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ci in ${FOLDER}\n${stderr}`);
}

/** What a compiler says; it says nothing about a project without faults. */
export function compile(version: Version, ...args: readonly string[]): string {
  const tsc = join(FOLDER, `node_modules/typescript-${version}/bin/tsc`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...args], {
    encoding: 'utf8',
  });
  if (status === null) throw new Error(`TypeScript ${version} did not run\n${stderr}`);
  return stdout + stderr;
}
