import { loadConfig } from '../config.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { counted, load } from '../load.ts';
import type { Terminal } from '../terminal.ts';

/** `ipv8c check`: shows what is wrong with the schemas and writes nothing. */
export async function check(paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const { files, hasErrors } = await load(paths, config, terminal);
  if (hasErrors) return EXIT_CODE.findings;
  terminal.out(`${counted(files.size, 'schema')} checked\n`);
  return EXIT_CODE.fine;
}
