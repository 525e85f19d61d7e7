/** That a project works when it is installed is for `test/package.test.ts`. */
import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '../../../runtime/config/parse.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const opened: Workspace[] = [];

function workspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const created = createWorkspace(files);
  opened.push(created);
  return created;
}

afterEach(() => {
  for (const one of opened.splice(0)) one.remove();
});

test('a project goes to a directory of its name, says so, and is up to date', async () => {
  const here = workspace();
  const { code, out, err } = await here.run(['init', 'myChat']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n').filter((line) => line !== '')).toEqual([
    ...[
      '.gitignore',
      'README.md',
      'generated/my-chat.ts',
      'ipv8.config.json',
      'node.json',
      'package.json',
      'schemas/my-chat.ipv8',
      'source/main.ts',
      'source/my-chat.ts',
      'test/my-chat.test.ts',
      'tsconfig.json',
    ].map((file) => `written my-chat/${file}`),
    'next: cd my-chat && npm install && npm test',
  ]);
  expect(parseConfig(JSON.parse(here.read('my-chat/node.json')))).toMatchObject({ ok: true });
  expect(here.read('my-chat/source/main.ts')).toContain(
    "import { myChat as community } from './my",
  );
  const inside = { cwd: here.path('my-chat') };
  expect((await here.run(['compile', '--check'], inside)).code).toBe(0);
  expect((await here.run(['format', '--check'], inside)).code).toBe(0);
});

test('every project has an identity of its own', async () => {
  const here = workspace();
  await here.run(['init', 'Chat', '--directory', 'a']);
  await here.run(['init', 'Chat', '--directory', 'b']);
  const identity = /hex"[0-9a-f]{40}"/;
  const [a] = identity.exec(here.read('a/schemas/chat.ipv8')) ?? [];
  const [b] = identity.exec(here.read('b/schemas/chat.ipv8')) ?? [];
  expect(a).toBeDefined();
  expect(a).not.toBe(b);
});

test('a project may join other files, and overwrites none', async () => {
  const here = workspace({ 'notes.txt': 'mine' });
  expect((await here.run(['init', 'Chat', '--directory', '.'])).code).toBe(0);
  const before = here.read('schemas/chat.ipv8');
  const again = await here.run(['init', 'Chat', '--directory', '.']);
  expect(again).toMatchObject({ code: 2, out: '' });
  expect(again.err).toContain('nothing is overwritten, and there is .gitignore');
  expect(here.read('schemas/chat.ipv8')).toBe(before);
  const other = workspace({ 'source/chat.ts': 'mine' });
  expect((await other.run(['init', 'Chat', '--directory', '.'])).err).toContain('source/chat.ts');
  expect(readdirSync(other.directory)).toEqual(['source']);
});

test.each([
  ['../Chat', 'no name'],
  ['9', 'no name'],
  ['', 'no name'],
  ['Main', 'every project has source/main.ts'],
  ['Greeting', 'no community can be called Greeting'],
])('%j is no name', async (name, complaint) => {
  const here = workspace();
  const { code, err } = await here.run(['init', name]);
  expect(code).toBe(2);
  expect(err).toContain(complaint);
  expect(readdirSync(here.directory)).toEqual([]);
});
