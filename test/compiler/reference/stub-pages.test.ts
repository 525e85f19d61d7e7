/** The pages about files of handlers show files that have their fault, and mended ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { message } from '../emit/model-factories.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { reviewed } from '../stub/requests.ts';

/** The community that the pages speak of. */
const CHAT = {
  community: 'Chat',
  doc: '',
  messages: ['Hello', 'Bye'].map((name, at) =>
    message(name, [], { place: { path: 'schemas/chat.ipv8', line: at + 2 } }),
  ),
  protocol: { name: 'chatProtocol', specifier: './generated/chat.ts' },
  handlersType: 'ChatHandlers',
  runtime: 'ipv8',
};

const CODES = Object.keys(catalog).filter((code) => code.startsWith('stub/'));

function page(code: string): { readonly text: string; readonly blocks: readonly string[] } {
  const text = readFileSync(join(ROOT, 'compiler/reference', `${code}.md`), 'utf8');
  return {
    text,
    blocks: [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block ?? ''),
  };
}

test.each(CODES)('the page of %s has its form', (code) => {
  const { blocks, text } = page(code);
  expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
  expect(blocks).toHaveLength(2);
  expect(text).toMatch(/\n\nMended:\n\n```ts\n/);
});

test.each(CODES)('the faulty file of %s has that fault alone', async (code) => {
  const { codes, diagnostics } = await reviewed(page(code).blocks[0] ?? '', CHAT, 'chat.ts');
  expect(codes).toEqual([code]);
  const shown = renderDiagnostics(diagnostics, { color: false, width: 100 });
  await expect(shown).toMatchFileSnapshot(`goldens/${code}.txt`);
});

test.each(CODES)('the mended file of %s has none', async (code) => {
  const { codes } = await reviewed(page(code).blocks[1] ?? '', CHAT, 'chat.ts');
  expect(codes).toEqual([]);
});
