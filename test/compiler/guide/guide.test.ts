/** The pages for authors of schemas: fresh, whole, and true. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMS, RECOVERY_RULES } from '../../../compiler/guide/forms.ts';
import { languageReference } from '../../../compiler/guide/language-reference.ts';
import { SchemaParser } from '../../../compiler/syntax/grammar.ts';
import { BUILT_IN_TYPES } from '../../../compiler/check/type-shape.ts';
import { programOf } from '../check/expect-problems.ts';
import { ROOT } from '../emit/temporary-modules.ts';

const GUIDE = join(ROOT, 'compiler/guide');

async function errorsOf(schema: string): Promise<readonly string[]> {
  const { diagnostics } = await programOf({ 'schema.ipv8': schema });
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, title }) => `${code}: ${title}`);
}

test('the language reference is what the compiler says', async () => {
  const page = await languageReference();
  await expect(page).toMatchFileSnapshot(join(GUIDE, 'language.md'));
  for (const type of BUILT_IN_TYPES) expect(page).toMatch(new RegExp(`^\\| \`${type}\\b`, 'm'));
});

test('every rule of the grammar has its form', () => {
  const rules = Object.keys(new SchemaParser().getGAstProductions());
  const told = [...FORMS.flatMap((form) => form.rules), ...RECOVERY_RULES];
  expect(told.toSorted()).toEqual(rules.toSorted());
});

test.each(FORMS.map((form) => [form.title, form.example]))(
  '%s: the example compiles',
  async (_, example) => {
    expect(await errorsOf(example)).toEqual([]);
  },
);

test('the schemas of the guide compile, and its vectors are what py-ipv8 packed', async () => {
  const page = readFileSync(join(GUIDE, 'from-py-ipv8.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ipv8\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) expect(await errorsOf(block), block).toEqual([]);
});
