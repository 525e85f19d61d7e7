import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { createWorkspace, type Outcome } from './workspace.ts';

function explain(...args: readonly string[]): Promise<Outcome> {
  const here = createWorkspace({});
  onTestFinished(() => here.remove());
  return here.run(['explain', ...args]);
}

test('the page of a code', async () => {
  const page = readFileSync(join(ROOT, 'compiler/reference/id/taken.md'), 'utf8');
  expect(await explain('id/taken')).toEqual({ code: 0, out: page, err: '' });
});

test('without a code, all codes, each with words of its own', async () => {
  const { code, out } = await explain();
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(catalog));
  for (const line of lines) expect(line).toMatch(/^[a-z]+\/[a-z0-9-]+ {2,}\S.*\w/);
});

test('an unknown code is wrong usage, with the nearest one', async () => {
  const misspelt = await explain('id/takn');
  expect(misspelt).toMatchObject({ code: 2, out: '' });
  expect(misspelt.err).toContain('the nearest is `id/taken`');
  expect((await explain('undocumented')).err).toContain('the nearest is `style/undocumented`');
  expect((await explain('../../package')).err).toContain('lists all codes');
  expect((await explain('toString')).code).toBe(2);
});

test('the pages are in the package', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(manifest).toHaveProperty('files', expect.arrayContaining(['compiler/reference']));
});
