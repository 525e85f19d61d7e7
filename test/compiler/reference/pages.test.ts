/** Every diagnostic has a page, and what the page shows is true. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog, type DiagnosticCode } from '../../../compiler/diagnostics/catalog.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { programOf } from '../check/expect-problems.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { readPage } from './blocks.ts';

const ALL_CODES = Object.keys(catalog) as DiagnosticCode[];

/** Those about schemas; files of handlers have pages of another form. */
const CODES = ALL_CODES.filter((code) => !code.startsWith('stub/'));

/** Short examples need not be pretty, unless that is what they are about. */
async function faultsOf(schemas: Readonly<Record<string, string>>, about: DiagnosticCode) {
  const { diagnostics } = await programOf(schemas);
  return diagnostics.filter(({ code }) => code === about || !code.startsWith('style/'));
}

test('there are no pages but those of the catalog', () => {
  const folder = join(ROOT, 'compiler/reference');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));
  expect(found.sort()).toEqual([...ALL_CODES].sort());
});

test.each(CODES)('the page of %s has its form', (code) => {
  const { text, blocks } = readPage(code);
  expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
  expect(blocks).toBe(2);
  expect(text).toMatch(/\n\nMended:\n\n```ipv8\n/);
});

test.each(CODES)('the faulty schema of %s has that fault alone', async (code) => {
  const faults = await faultsOf(readPage(code).faulty, code);
  expect([...new Set(faults.map((one) => one.code))]).toEqual([code]);
  const shown = renderDiagnostics(faults, { color: false, width: 100 });
  await expect(shown).toMatchFileSnapshot(`goldens/${code}.txt`);
});

test.each(CODES)('the mended schema of %s has none', async (code) => {
  const faults = await faultsOf(readPage(code).mended, code);
  expect(faults.map((one) => `${one.code}: ${one.title}`)).toEqual([]);
});
