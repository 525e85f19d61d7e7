/** The virtual environment, made by programs that only pretend to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Output } from './child.ts';
import { MissingPython, preparePython } from './python-environment.ts';

const root = mkdtempSync(join(tmpdir(), 'python-environment-'));
const folder = join(root, 'environment');
const requirements = join(root, 'requirements.txt');

afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const well: Output = { code: 0, stdout: '', stderr: '' };

/** What was run, when the programs whose arguments hold `failing` fail with `output`. */
async function prepare(failing?: string, output: Partial<Output> = {}) {
  const ran: string[] = [];
  const run = (program: string, args: readonly string[]): Promise<Output> => {
    const line = [program, ...args].join(' ');
    ran.push(line);
    const isFailing = failing !== undefined && line.includes(failing);
    return Promise.resolve(isFailing ? { ...well, code: 1, ...output } : well);
  };
  const prepared = preparePython({ folder, requirements, run, write: () => {} });
  const environment = await prepared.catch((error: unknown) => error);
  return { environment, ran };
}

test('made once, and again when a pin changes', async () => {
  writeFileSync(requirements, 'pyipv8==3.2.1\n');
  const first = await prepare();
  expect(first.environment).not.toBeInstanceOf(Error);
  expect(first.ran.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
    '-c import',
    '-m venv',
    '-m pip',
  ]);
  expect((await prepare()).ran).toHaveLength(1);
  writeFileSync(requirements, 'pyipv8==3.2.2\n');
  expect((await prepare()).ran).toHaveLength(3);
});

test.each([
  ['import sys', { stdout: '3.9.2' }, ['Python 3.10', 'found: 3.9.2', 'apt-get install python3']],
  ['import sys', { code: 127 }, ['found: none', 'apt-get install python3 python3-venv']],
  ['-m venv', { stdout: 'ensurepip is not there' }, ['ensurepip is not there', 'python3-venv']],
  ['-m pip', { stderr: 'no route to host' }, ['no route to host', 'package index']],
] as const)(
  'when %j fails with %j it says what is missing, and is not done',
  async (step, output, said) => {
    writeFileSync(requirements, 'pyipv8==3.2.1\n');
    const { environment, ran } = await prepare(step, output);
    expect(environment).toBeInstanceOf(MissingPython);
    for (const text of said) expect(String(environment)).toContain(text);
    // What was left half done is begun again.
    expect((await prepare(step, output)).ran).toHaveLength(ran.length);
  },
);
