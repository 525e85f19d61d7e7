import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { python } from '../../../compiler/targets/python/python.ts';
import type { TargetFile } from '../../../compiler/targets/target.ts';
import { programOf } from '../check/expect-problems.ts';
import { EVERY_FORM } from './every-form.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

async function filesOf(
  files: Readonly<Record<string, string>>,
  hasFile?: (path: string) => boolean,
): Promise<readonly TargetFile[]> {
  const { model } = await programOf(files);
  const placeOf = (path: string): string => path.replace(/\.ipv8$/, '');
  const schemas = new Set(Object.keys(files));
  return python({ model, schemas, placeOf, ...(hasFile === undefined ? {} : { hasFile }) });
}

test('every form has its Python', async () => {
  const [module, overlay, ...others] = await filesOf({ 'every-form.ipv8': EVERY_FORM });
  expect([module?.path, overlay?.path, others]).toEqual([
    'every_form.py',
    'every_form_overlay.py',
    [],
  ]);
  await expect(module?.text).toMatchFileSnapshot('every_form.py');
  await expect(overlay?.text).toMatchFileSnapshot('every_form_overlay.py');
});

test.each(['schemas', 'test/schemas'])('%s gives a module for each schema', async (root) => {
  const names = readdirSync(join(ROOT, root)).filter((name) => name.endsWith('.ipv8'));
  const files = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(ROOT, root, name), 'utf8')] as const),
  );
  const paths = (await filesOf(files)).map(({ path }) => path);
  const expected = names.map((name) => name.replaceAll('-', '_').replace('.ipv8', '.py'));
  expect(paths.filter((path) => !path.endsWith('_overlay.py'))).toEqual(expected);
  expect(await filesOf(files)).toEqual(await filesOf(files));
});

test('the author’s file is given once', async () => {
  const schema = { 'c.ipv8': 'community C = sha1("c") {}\n' };
  const paths = async (there: string): Promise<readonly string[]> => {
    return (await filesOf(schema, (path) => path === there)).map(({ path }) => path);
  };
  expect(await paths('')).toEqual(['c.py', 'c_overlay.py']);
  expect(await paths('c.py')).toEqual(['c.py']);
  expect(await paths('c_overlay.py')).toEqual(['c.py']);
});

const TWO = {
  'a/one.ipv8': 'import "./b/two.ipv8"\n/// X.\nstruct X { y: Y }\n',
  'b/two.ipv8': '/// Y.\nstruct Y { z: u8 }\n',
};

test('modules import each other by relative names in a package only', async () => {
  const [top] = await filesOf(TWO);
  expect(top?.text).toContain('\nfrom b.two import Y\n');
  const [inside] = await filesOf(TWO, (path) => path === '__init__.py');
  expect(inside?.text).toContain('\nfrom ..b.two import Y\n');
});

test('directories below the output directory are packages', async () => {
  const paths = (await filesOf(TWO)).map(({ path }) => path);
  expect(paths).toEqual(['a/one.py', 'b/two.py', 'a/__init__.py', 'b/__init__.py']);
});
