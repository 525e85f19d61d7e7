/** What the page about Python shows as generated is what is generated. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { python } from '../../../compiler/targets/python/python.ts';
import { programOf } from '../check/expect-problems.ts';

const PAGE = readFileSync(new URL('../../../compiler/guide/python.md', import.meta.url), 'utf8');

function blocks(language: string): readonly string[] {
  const found = PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'));
  return [...found].map(([, text = '']) => text);
}

test('generated code on the page is what its schema gives', async () => {
  const [schema = ''] = blocks('ipv8');
  const { diagnostics, model } = await programOf({ 'lamport.ipv8': schema });
  expect(diagnostics).toEqual([]);
  const schemas = new Set(['lamport.ipv8']);
  const files = python({ model, schemas, placeOf: (path) => path.replace('.ipv8', '') });
  expect(files.map(({ path }) => path)).toEqual(['lamport.py', 'lamport_overlay.py']);
  const all = files.map(({ text }) => text).join('');
  const shown = blocks('python').filter((block) => /^(?:@| {4}def|class)/.test(block));
  expect(shown).toHaveLength(3);
  for (const block of shown) expect(all).toContain(block);
});

test('the page’s schema is the one of the package', () => {
  const file = new URL('../../../schemas/lamport.ipv8', import.meta.url);
  expect(blocks('ipv8')[0]).toBe(readFileSync(file, 'utf8'));
});
