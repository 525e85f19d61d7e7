/**
 * `npm run conformance [-- --only NAME] [--list]`: py-ipv8 and our nodes on loopback, together. One line for each case,
 * and at the end `N passed, N failed`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.ts';
import { loadCases } from './load-cases.ts';
import { prepareProjectPython } from './project-environment.ts';
import { runCase } from './run-case.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

const write = (text: string): void => void process.stdout.write(text);

process.exitCode = await runCommand(process.argv.slice(2), {
  write,
  cases: await loadCases(),
  expectedFailures: await readFile(`${HERE}expected-failures.txt`, 'utf8'),
  differences: await readFile(`${ROOT}runtime/differences.md`, 'utf8'),
  preparePython: () => prepareProjectPython(write),
  runCase,
  now: () => performance.now(),
});
