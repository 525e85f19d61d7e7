/** What a page of `compiler/reference` shows, as schemas that can be compiled. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../emit/temporary-modules.ts';

export type Page = {
  readonly text: string;
  /** Schemas by path; the block that has the fault, and the one that is mended. */
  readonly faulty: Readonly<Record<string, string>>;
  readonly mended: Readonly<Record<string, string>>;
  readonly blocks: number;
  /** What the lock holds, on pages about changes: their first block. */
  readonly agreed: Readonly<Record<string, string>> | undefined;
};

/** The page of a code. */
export function readPage(code: string): Page {
  const text = readFileSync(join(ROOT, 'compiler/reference', `${code}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```ipv8\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  const agreed = code.startsWith('lock/') ? blocks.shift() : undefined;
  return {
    text,
    agreed: agreed === undefined ? undefined : schemasOf(agreed),
    faulty: schemasOf(blocks[0] ?? ''),
    mended: schemasOf(blocks[1] ?? ''),
    blocks: blocks.length,
  };
}

/** A block may hold several schemas, each behind a comment with its path. */
function schemasOf(block: string): Readonly<Record<string, string>> {
  const parts = spelledOut(block).split(/^\/\/ (\S+\.ipv8)\n/m);
  if (parts.length === 1) return { 'schema.ipv8': parts[0] ?? '' };
  const schemas: Record<string, string> = {};
  for (let at = 1; at < parts.length; at += 2) schemas[parts[at] ?? ''] = parts[at + 1] ?? '';
  return schemas;
}

/** Puts in the characters that a page cannot hold: `‹U+D800›`, `‹U+0020 × 100›`. */
export function spelledOut(block: string): string {
  return block.replace(/‹U\+([0-9A-F]+)(?: × (\d+))?›/g, (_, code: string, count?: string) =>
    String.fromCharCode(Number.parseInt(code, 16)).repeat(Number(count ?? 1)),
  );
}
