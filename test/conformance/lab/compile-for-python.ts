/** Python modules of the project's schemas, as `ipv8c` makes them for a user. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectEqual, type Context } from '../case.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder of the modules, within that of the case. */
export async function compileForPython(context: Context): Promise<string> {
  const out = join(context.folder, 'generated');
  const command = ['compiler/cli/main.ts', 'compile', 'schemas', '--target', 'python'];
  const args = ['--import', 'tsx', ...command, '--out', out];
  const { code, stderr, stdout } = await context.spawn(process.execPath, args, ROOT).output;
  expectEqual(code, 0, `what ipv8c ends with, having written ${stdout}${stderr}`);
  return out;
}
