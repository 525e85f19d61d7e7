/** The virtual environment: made once for a `requirements.txt`, used again until that changes. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Output } from './child.ts';

export type PythonEnvironment = {
  /** The path of a program in it: `python`, `mypy`. */
  program(name: string): string;
};

export type EnvironmentParts = {
  /** Where it is, or will be. */
  readonly folder: string;
  readonly requirements: string;
  /** Runs a program to its end. */
  readonly run: (program: string, args: readonly string[]) => Promise<Output>;
  readonly write: (text: string) => void;
};

/** Something is not installed; the message says what to do about it. */
export class MissingPython extends Error {}

const INSTALL = 'On Debian or Ubuntu: apt-get install python3 python3-venv';
const VERSION = 'import sys; print(sys.version); sys.exit(sys.version_info < (3, 10))';

/** @throws MissingPython when there is no Python, no venv, or the packages cannot be installed. */
export async function preparePython(parts: EnvironmentParts): Promise<PythonEnvironment> {
  const { folder, requirements, run, write } = parts;
  const version = await run('python3', ['-c', VERSION]);
  if (version.code !== 0) {
    const found = version.stdout.trim() === '' ? 'none' : version.stdout.trim();
    throw new MissingPython(
      `The conformance cases need Python 3.10 or later as "python3"; found: ${found}. ${INSTALL}`,
    );
  }
  const pins = await readFile(requirements, 'utf8');
  const state = createHash('sha256').update(`${version.stdout}\n${pins}`).digest('hex');
  const stamp = join(folder, 'complete');
  const environment = { program: (name: string) => join(folder, 'bin', name) };
  if ((await readFile(stamp, 'utf8').catch(() => '')) === state) return environment;

  write(`installing ${requirements} in ${folder}\n`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const made = await run('python3', ['-m', 'venv', folder]);
  if (made.code !== 0) {
    throw new MissingPython(`Python's module venv does not work: ${lastLines(made)}\n${INSTALL}`);
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  const installed = await run(environment.program('python'), [...pip, '-r', requirements]);
  if (installed.code !== 0) {
    throw new MissingPython(
      `pip could not install ${requirements}; it needs a package index that it can reach:\n${lastLines(installed)}`,
    );
  }
  await writeFile(stamp, state);
  return environment;
}

function lastLines({ stderr, stdout }: Output): string {
  return `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n');
}
