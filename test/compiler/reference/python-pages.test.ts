/** The pages about imports from Python show files that have their fault, and mended ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { importPython, type PythonFile } from '../../../compiler/import/import-python.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { spelledOut } from './blocks.ts';

const CODES = Object.keys(catalog).filter((code) => code.startsWith('python/'));

function page(code: string): { readonly text: string; readonly blocks: readonly string[] } {
  const text = readFileSync(join(ROOT, 'compiler/reference', `${code}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```python\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  return { text, blocks };
}

/** A block may hold several files, each behind a comment with its path. */
function filesOf(block = ''): readonly PythonFile[] {
  const parts = spelledOut(block).split(/^# (\S+\.py)\n/m);
  if (parts.length === 1) return [{ path: 'song.py', text: parts[0] ?? '' }];
  return parts.flatMap((path, at) => (at % 2 === 1 ? [{ path, text: parts[at + 1] ?? '' }] : []));
}

test.each(CODES)('the page of %s has its form', (code) => {
  const { blocks, text } = page(code);
  expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
  expect(blocks).toHaveLength(2);
  expect(text).toMatch(/\n\nMended:\n\n```python\n/);
});

test.each(CODES)('the faulty files of %s have that fault', async (code) => {
  const { diagnostics } = await importPython(filesOf(page(code).blocks[0]));
  expect(diagnostics.map((one) => one.code)).toContain(code);
  const shown = renderDiagnostics(diagnostics, { color: false, width: 100 });
  await expect(shown).toMatchFileSnapshot(`goldens/${code}.txt`);
});

test.each(CODES)('the mended files of %s have none', async (code) => {
  const { diagnostics, text } = await importPython(filesOf(page(code).blocks[1]));
  expect(diagnostics.map((one) => `${one.code}: ${one.title}`)).toEqual([]);
  expect(text).not.toBe('');
});
