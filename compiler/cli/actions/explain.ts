import { readFile } from 'node:fs/promises';
import { catalog, type DiagnosticCode, summaryOf } from '../../diagnostics/catalog.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { nearName } from '../near-name.ts';
import { packageRoot } from '../package-root.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** `ipv8c explain`: the page of a code, or without one every code with what it stands for. */
export async function explain(code: string | undefined, terminal: Terminal): Promise<ExitCode> {
  terminal.out(code === undefined ? listCodes() : await readPage(code));
  return EXIT_CODE.fine;
}

function listCodes(): string {
  const codes = Object.keys(catalog).filter(isCode);
  const width = Math.max(...codes.map((code) => code.length));
  return codes.map((code) => `${code.padEnd(width)}  ${summaryOf(code)}\n`).join('');
}

async function readPage(code: string): Promise<string> {
  if (!isCode(code)) throw new UsageError(unknownCode(code));
  const root = await packageRoot();
  if (root === undefined) throw new UsageError('the pages lie in the package, which is not here');
  return readFile(new URL(`compiler/reference/${code}.md`, root.directory), 'utf8');
}

function isCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(catalog, text);
}

/** Says which code was probably meant; the part behind the `/` alone will do to tell. */
function unknownCode(code: string): string {
  const codes = Object.keys(catalog);
  const near =
    nearName(code, codes) ??
    codes.find((one) => one.slice(one.indexOf('/') + 1) === code.toLowerCase());
  const hint =
    near === undefined ? '`ipv8c explain` lists all codes' : `the nearest is \`${near}\``;
  return `no diagnostic is called \`${code}\`; ${hint}`;
}
