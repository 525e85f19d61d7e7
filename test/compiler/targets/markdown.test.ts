import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { markdown } from '../../../compiler/targets/markdown/markdown.ts';
import type { TargetFile } from '../../../compiler/targets/target.ts';
import { programOf } from '../check/expect-problems.ts';
import { EVERY_FORM } from './every-form.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

async function pagesOf(
  files: Readonly<Record<string, string>>,
  named = Object.keys(files),
): Promise<readonly TargetFile[]> {
  const { model } = await programOf(files);
  const placeOf = (path: string): string => path.replace(/\.ipv8$/, '');
  return markdown({ model, schemas: new Set(named), placeOf });
}

test('every form has its page', async () => {
  const [page] = await pagesOf({ 'every-form.ipv8': EVERY_FORM });
  await expect(page?.text).toMatchFileSnapshot('every-form.md');
});

test.each(['schemas', 'test/schemas'])(
  'every link in the pages of %s leads to an anchor',
  async (root) => {
    const names = readdirSync(join(ROOT, root)).filter((name) => name.endsWith('.ipv8'));
    const files = names.map(
      (name) => [name, readFileSync(join(ROOT, root, name), 'utf8')] as const,
    );
    const pages = new Map(
      (await pagesOf(Object.fromEntries(files))).map(({ path, text }) => [path, text]),
    );
    expect([...pages.keys()].sort()).toEqual(
      names.map((name) => name.replace('ipv8', 'md')).sort(),
    );
    let links = 0;
    for (const [path, text] of pages) {
      for (const [, page = '', id = ''] of text.matchAll(/\]\(([^)#]*)#([^)]+)\)/g)) {
        const target = page === '' ? path : posix.join(posix.dirname(path), page);
        expect(pages.get(target), `${path}: ${page}#${id}`).toContain(`<a id="${id}"></a>`);
        links++;
      }
    }
    expect(links).toBeGreaterThan(20);
  },
);

test('pages in other directories are linked to, and what has no page is not', async () => {
  const files = {
    'a/one.ipv8': 'import "./b/two.ipv8"\n/// X.\nstruct X { y: Y }\n',
    'b/two.ipv8': '/// Y.\nstruct Y { z: u8 }\n',
  };
  const [page] = await pagesOf(files);
  expect(page?.text).toContain('`Y` [`Y`](../b/two.md#Y)');
  const [alone, ...others] = await pagesOf(files, ['a/one.ipv8']);
  expect(others).toEqual([]);
  expect(alone?.text).toContain('| `Y` |');
});

test('what looks like HTML or a table in a comment stays text', async () => {
  const [page] = await pagesOf({
    'x.ipv8': '/// <b>&amp; | x\nstruct X {\n  /// a | <i>\n  a: u8\n}\n',
  });
  expect(page?.text).toContain('\n&lt;b>&amp;amp; | x\n');
  expect(page?.text).toContain('| a \\| &lt;i> |');
});
