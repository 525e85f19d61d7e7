import { extname, resolve } from 'node:path';
import { importPython, type Imported } from '../../import/import-python.ts';
import type { ImportOptions } from '../commands/import.ts';
import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { readText, writeAtomically } from '../node-host.ts';
import { findPythonFiles } from '../python-files.ts';
import { reportDiagnostics } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** `ipv8c import`: payloads and communities of Python → a schema. */
export async function importFiles(
  paths: readonly string[],
  { force = false, format, out }: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const isPrinted = out === undefined || out === '-';
  if (isPrinted && format !== 'human') {
    throw new UsageError(`--format ${format} takes standard output; also give --out`);
  }
  if (!isPrinted && extname(out) !== '.ipv8') {
    throw new UsageError(`--out ${out}: a schema ends in .ipv8`);
  }
  const config = await loadConfig(terminal.cwd);
  const { faults, files } = await findPythonFiles(paths, config, terminal);
  const imported = await importPython(files);
  const diagnostics = [...faults, ...imported.diagnostics];
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  if (imported.text !== '' && !isPrinted)
    await write(out, { text: imported.text, force, terminal });
  await reportDiagnostics(diagnostics, { config, format }, terminal);
  if (imported.text === '') {
    terminal.err('nothing was imported\n');
    return EXIT_CODE.findings;
  }
  if (isPrinted) terminal.out(imported.text);
  const summary = isPrinted || format !== 'human' ? terminal.err : terminal.out;
  summary(`${isPrinted ? 'imported' : `written ${out} with`} ${contentsOf(imported)}\n`);
  const left = imported.program.diagnostics.length;
  if (left > 0) {
    // Python has no bounds, so there is hardly a schema without any.
    summary(
      `ipv8c check has ${counted(left, 'warning')} about it, such as lengths without a bound\n`,
    );
  }
  return hasErrors ? EXIT_CODE.findings : EXIT_CODE.fine;
}

async function write(
  out: string,
  {
    force,
    terminal,
    text,
  }: { readonly text: string; readonly force: boolean; readonly terminal: Terminal },
): Promise<void> {
  const file = resolve(terminal.cwd, out);
  const old = await readText(file);
  if (old === text) return;
  if (old !== undefined && !force) {
    throw new UsageError(`${out} exists and is different; --force writes over it`);
  }
  await writeAtomically(file, text);
}

/** `2 communities, 10 messages and 3 structs`. */
function contentsOf({ program }: Imported): string {
  const declarations = program.model.modules.flatMap((module) => module.declarations);
  const communities = declarations.filter((one) => one.kind === 'community');
  const messages = communities.flatMap((one) => one.messages).length;
  const structs = declarations.filter(({ kind }) => kind === 'struct').length;
  const codecs = declarations.filter(({ kind }) => kind === 'codec').length;
  const communityCount =
    communities.length === 1 ? '1 community' : `${communities.length} communities`;
  return [
    communityCount,
    counted(messages, 'message'),
    counted(structs, 'struct'),
    ...(codecs === 0 ? [] : [counted(codecs, 'codec')]),
  ].join(', ');
}
