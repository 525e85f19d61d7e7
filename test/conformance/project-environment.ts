/** The virtual environment of this checkout. */
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { preparePython, type PythonEnvironment } from './python-environment.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Making it downloads some megabytes. */
const INSTALL_SECONDS_MAX = 300;

/** @throws MissingPython when there is no Python, no venv, or the packages cannot be installed. */
export function prepareProjectPython(write: (text: string) => void): Promise<PythonEnvironment> {
  return preparePython({
    folder: `${ROOT}.cache/conformance`,
    requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
    write,
    run(program, args) {
      const signal = AbortSignal.timeout(INSTALL_SECONDS_MAX * 1_000);
      return startChild({ program, args, folder: ROOT, signal }).output;
    },
  });
}
