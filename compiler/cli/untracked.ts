import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Drift } from './drift.ts';
import type { Output } from './outputs.ts';

/**
 * Generated files that git neither tracks nor ignores: they would be missing in the next clone.
 * None outside a work tree, and none where there is no git.
 */
export async function untrackedOutputs(outputs: readonly Output[]): Promise<readonly Drift[]> {
  const directories = new Set(outputs.map(({ file }) => dirname(file)));
  const unknown = new Set<string>();
  for (const directory of directories) {
    for (const name of await unknownToGit(directory)) unknown.add(resolve(directory, name));
  }
  return outputs
    .filter(({ file }) => unknown.has(file))
    .map(({ file }) => ({ file, kind: 'untracked' }));
}

/** Files below the directory, by their paths from there. */
function unknownToGit(directory: string): Promise<readonly string[]> {
  const question = ['ls-files', '-z', '--others', '--exclude-standard', '--', '.'];
  return new Promise((answer) => {
    execFile('git', question, { cwd: directory, maxBuffer: 1 << 28 }, (error, names) => {
      answer(error === null ? names.split('\0').filter((name) => name !== '') : []);
    });
  });
}
