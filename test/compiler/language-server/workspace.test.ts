import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { gatherDiagnostics } from '../../../compiler/language-server/publication.ts';
import { createPublisher } from '../../../compiler/language-server/publisher.ts';
import { createWorkspace } from '../../../compiler/language-server/workspace.ts';
import type { World } from '../../../compiler/language-server/world.ts';

const A = 'import "./b.ipv8"\n\n/// A.\nstruct A { a: B }\n';
const B = '/// B.\nstruct B { a: u8 }\n';

/** A machine with these files; `/p` is a project of two schemas. */
function machine(files: Record<string, string>) {
  const reads: string[] = [];
  const waiting: (() => void)[] = [];
  const world: World = {
    fileOf: (uri) => (uri.startsWith('file://') ? uri.slice(7) : undefined),
    uriOf: (file) => `file://${file}`,
    directoryOf: posix.dirname,
    pathOf: posix.relative,
    fileAt: posix.join,
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
    findProject: async () => ({
      directory: '/p',
      schemas: Object.keys(files)
        .filter((file) => file.startsWith('/p/s/'))
        .map((file) => file.slice(3)),
      problem: undefined,
    }),
    stubRequest: async () => undefined,
    async read(file) {
      reads.push(file);
      return files[file];
    },
    after(_, action) {
      waiting.push(action);
      return () => void waiting.splice(waiting.indexOf(action), 1);
    },
  };
  return { world, files, reads, waiting, workspace: createWorkspace(world) };
}

test('open texts stand in front of the disk, in every schema that imports them', async () => {
  const { workspace, world } = machine({ '/p/s/a.ipv8': A, '/p/s/b.ipv8': B });
  workspace.open('file:///p/s/b.ipv8', B.replace('struct B', 'struct C'));
  const found = gatherDiagnostics(await workspace.checked(), world);
  expect(found.get('file:///p/s/a.ipv8')?.map(({ code }) => code)).toEqual(['name/unknown']);
  workspace.close('file:///p/s/b.ipv8');
  workspace.setFolders(['file:///p']);
  const after = gatherDiagnostics(await workspace.checked(), world);
  expect([...after.values()].flat()).toEqual([]);
});

test('a document beside the project is checked alone, with what it imports', async () => {
  const { workspace } = machine({ '/p/s/a.ipv8': A, '/p/s/b.ipv8': B });
  workspace.open('file:///p/loose.ipv8', A.replace('./b', './s/b'));
  workspace.open('file:///p/s/a.ipv8', A);
  workspace.open('untitled:1', B);
  const { units } = await workspace.checked();
  expect(units.map(({ roots }) => [...roots])).toEqual([
    ['s/a.ipv8', 's/b.ipv8'],
    ['loose.ipv8'],
    ['untitled:1'],
  ]);
  expect((await workspace.view('file:///p/loose.ipv8'))?.program.diagnostics).toEqual([]);
  expect((await workspace.view('untitled:1'))?.schema.declarations).toHaveLength(1);
  expect(await workspace.view('file:///p/s/b.ipv8')).toBeUndefined();
});

test('files are read again with every change, or not until news when there is any', async () => {
  const { files, reads, workspace } = machine({ '/p/s/a.ipv8': A, '/p/s/b.ipv8': B });
  workspace.open('file:///p/s/a.ipv8', A);
  const readsOf = async (text: string): Promise<number> => {
    reads.length = 0;
    workspace.open('file:///p/s/a.ipv8', text);
    await workspace.checked();
    return reads.length;
  };
  expect([await readsOf(`${A} `), await readsOf(A)]).toEqual([1, 1]);
  workspace.keepFiles();
  expect([await readsOf(`${A} `), await readsOf(A)]).toEqual([1, 0]);
  files['/p/s/b.ipv8'] = 'struct C { a: u8 }';
  workspace.forgetFiles();
  expect((await workspace.view('file:///p/s/a.ipv8'))?.program.diagnostics).not.toEqual([]);
});

test('diagnostics follow the last change, once, and not what was overtaken', async () => {
  const { waiting, workspace, world } = machine({ '/p/s/b.ipv8': B });
  const sent: string[] = [];
  let onSent = (): void => undefined;
  const publisher = createPublisher({
    workspace,
    world,
    handlers: { revision: () => 0, diagnostics: async () => new Map() },
    versionOf: () => 1,
    send: ({ diagnostics, uri }) => {
      sent.push(`${uri} ${diagnostics.length}`);
      onSent();
    },
    refresh: () => sent.push('refresh'),
    fail: (error) => sent.push(String(error)),
  });
  workspace.open('file:///p/s/b.ipv8', 'struct B');
  publisher.schedule();
  workspace.open('file:///p/s/b.ipv8', 'struct B { a: Gone }');
  publisher.schedule();
  expect(waiting).toHaveLength(1);
  // The program is being loaded when the next change comes.
  waiting[0]?.();
  workspace.open('file:///p/s/b.ipv8', B);
  publisher.schedule();
  const told = new Promise<void>((resolve) => (onSent = resolve));
  waiting.at(-1)?.();
  await told;
  expect(sent).toEqual(['file:///p/s/b.ipv8 0']);
  // With two documents open, a change of one may show in the other.
  workspace.open('file:///p/loose.ipv8', B);
  publisher.schedule();
  const toldAgain = new Promise<void>((resolve) => (onSent = resolve));
  waiting.at(-1)?.();
  await toldAgain;
  expect(sent.slice(1)).toEqual(['file:///p/loose.ipv8 0', 'refresh']);
});
