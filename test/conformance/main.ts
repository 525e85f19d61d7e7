/**
 * `npm run conformance [-- --only NAME] [--list]`: py-ipv8 and our nodes on loopback, together. One line for each case,
 * and at the end `N passed, N failed`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { runCommand } from './command.ts';
import { loadCases } from './load-cases.ts';
import { preparePython } from './python-environment.ts';
import { runCase } from './run-case.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Making the virtual environment downloads some megabytes. */
const INSTALL_SECONDS_MAX = 300;

const write = (text: string): void => void process.stdout.write(text);

process.exitCode = await runCommand(process.argv.slice(2), {
  write,
  cases: await loadCases(),
  expectedFailures: await readFile(`${HERE}expected-failures.txt`, 'utf8'),
  differences: await readFile(`${ROOT}runtime/differences.md`, 'utf8'),
  preparePython: () =>
    preparePython({
      folder: `${ROOT}.cache/conformance`,
      requirements: `${HERE}requirements.txt`,
      write,
      run(program, args) {
        const signal = AbortSignal.timeout(INSTALL_SECONDS_MAX * 1_000);
        return startChild({ program, args, folder: ROOT, signal }).output;
      },
    }),
  runCase,
  now: () => performance.now(),
});
