/** Runs the code of a page: each block of TypeScript that has a block of text behind it, which is what it must log. */
import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';

export type Piece = { readonly heading: string; readonly code: string; readonly output: string };

/** The pieces of a page beside this project's sources. */
export function piecesOf(page: string): readonly Piece[] {
  const text = readFileSync(new URL(`../../../runtime/${page}`, import.meta.url), 'utf8');
  const found = text.matchAll(/^## (.*)$|^```ts\n([^]*?)^```\n\n```text\n([^]*?)^```/gm);
  let heading = '';
  return [...found].flatMap(([, title, code, output]) => {
    heading = title ?? heading;
    return code === undefined || output === undefined ? [] : [{ heading, code, output }];
  });
}

type Run = (...given: readonly unknown[]) => Promise<void>;

/** Runs the code with these names in reach; resolves at its end. */
export function runPiece(code: string, names: Readonly<Record<string, unknown>>): Promise<void> {
  const { code: script } = transformSync(`(async () => {\n${code}\n})()`, { loader: 'ts' });
  const run = compileFunction(`return ${script}`, Object.keys(names)) as Run;
  return run(...Object.values(names));
}
