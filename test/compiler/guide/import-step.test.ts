/** The first step of the way from py-ipv8: its command gives the schema that the page shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace } from '../cli/workspace.ts';
import { ROOT } from '../emit/temporary-modules.ts';

const PAGE = readFileSync(join(ROOT, 'compiler/guide/from-py-ipv8.md'), 'utf8');

function block(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(PAGE);
  return found?.[1] ?? '';
}

test('the command of the page writes the schema of the page', async () => {
  const [, , ...args] = block('sh').trim().split(' ');
  const path = args.find((arg) => arg.endsWith('.py')) ?? '';
  const here = createWorkspace({ [path]: readFileSync(join(ROOT, path), 'utf8') });
  onTestFinished(() => here.remove());
  const { code, err, out } = await here.run(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('written playlists.ipv8 with 1 community, 2 messages, 1 struct\n');
  expect(here.read('playlists.ipv8')).toBe(block('ipv8'));
});
