/** Every diagnostic has a page, and what the page shows is true. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog, type DiagnosticCode } from '../../../compiler/diagnostics/catalog.ts';
import { snapshotOf } from '../../../compiler/cli/snapshot.ts';
import { compare } from '../../../compiler/lock/compare.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { programOf } from '../check/expect-problems.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { type Page, readPage } from './blocks.ts';

const ALL_CODES = Object.keys(catalog) as DiagnosticCode[];

/** Those about schemas; files of handlers and of Python have pages of another form. */
const CODES = ALL_CODES.filter((code) => !/^(?:stub|python)\//.test(code));

/** Short examples need not be pretty or bounded, unless that is what they are about. */
async function faultsOf(
  schemas: Readonly<Record<string, string>>,
  { about, agreed }: { readonly about: DiagnosticCode; readonly agreed: Page['agreed'] },
) {
  const program = await programOf(schemas);
  const changes =
    agreed === undefined ? [] : compare(snapshotOf(await programOf(agreed)), snapshotOf(program));
  return [...program.diagnostics, ...changes].filter(
    ({ code }) => code === about || !/^(?:style|size)\//.test(code),
  );
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
  const { faulty, agreed } = readPage(code);
  const faults = await faultsOf(faulty, { about: code, agreed });
  expect([...new Set(faults.map((one) => one.code))]).toEqual([code]);
  const shown = renderDiagnostics(faults, { color: false, width: 100 });
  await expect(shown).toMatchFileSnapshot(`goldens/${code}.txt`);
});

test.each(CODES)('the mended schema of %s has none', async (code) => {
  const { mended, agreed } = readPage(code);
  const faults = await faultsOf(mended, { about: code, agreed });
  expect(faults.map((one) => `${one.code}: ${one.title}`)).toEqual([]);
});
