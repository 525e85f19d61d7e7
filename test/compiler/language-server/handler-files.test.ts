/** Handlers of open TypeScript documents, beside the schemas that they are for. */
import { posix } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { expect, test } from 'vitest';
import { createHandlerFiles } from '../../../compiler/language-server/handler-files.ts';
import { createPublisher } from '../../../compiler/language-server/publisher.ts';
import { createWorkspace } from '../../../compiler/language-server/workspace.ts';
import type { World } from '../../../compiler/language-server/world.ts';
import { createStubRequest } from '../../../compiler/stub/request.ts';
import { SOURCE_LENGTH_MAX } from '../../../compiler/syntax/parse.ts';

const SCHEMA = `/// A chat.
community Chat = sha1("chat") {
  /// Says.
  signed message Say = 1 { text: u8 }
  /// Leaves.
  signed message Leave = 2 { text: u8 }
}
`;
const MINE = 'file:///p/src/mine.ts';
const IMPORT = "import type { ChatHandlers } from '../generated/chat.ts';\n";
const both = `${IMPORT}const mine: ChatHandlers = {\n  say() {},\n  leave() {},\n};\n`;
const WHOLE = {
  start: { line: 0, character: 0 },
  end: { line: 99, character: 0 },
};

/** A project at `/p` with one schema, and how often a request was made for a file. */
function machine() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const world: World = {
    fileOf: (uri) => (uri.startsWith('file://') ? uri.slice(7) : undefined),
    uriOf: (file) => `file://${file}`,
    directoryOf: posix.dirname,
    pathOf: posix.relative,
    fileAt: posix.join,
    resolve: (from, specifier) => posix.join(posix.dirname(from), specifier),
    findProject: async (directory) =>
      directory.startsWith('/p')
        ? { directory: '/p', schemas: ['chat.ipv8'], problem: undefined }
        : { directory, schemas: [], problem: undefined },
    async stubRequest(community, { file, model }) {
      asked.push(file);
      const module = '../generated/chat.ts';
      return createStubRequest(model, community, { module, runtime: 'ipv8' });
    },
    read: async (file) => (file === '/p/chat.ipv8' ? SCHEMA : undefined),
    after(_, action) {
      waiting.push(action);
      return () => void waiting.splice(waiting.indexOf(action), 1);
    },
  };
  const workspace = createWorkspace(world);
  const files = createHandlerFiles(workspace, world);
  return { asked, files, waiting, workspace, world };
}

type Machine = ReturnType<typeof machine>;

async function codes({ files, workspace }: Machine): Promise<Record<string, unknown[]>> {
  const found = await files.diagnostics(await workspace.checked());
  return Object.fromEntries([...found].map(([uri, all]) => [uri, all.map(({ code }) => code)]));
}

test('a document follows the schema of its project, whichever of them changes', async () => {
  const here = machine();
  here.files.open(MINE, both);
  expect(await codes(here)).toEqual({ [MINE]: [] });
  here.workspace.open('file:///p/chat.ipv8', SCHEMA.replace('message Leave', 'message Leaves'));
  expect(await codes(here)).toEqual({ [MINE]: ['stub/missing-handler', 'stub/unknown-handler'] });
  here.files.open(MINE, both.replace('leave', 'leaves'));
  expect(await codes(here)).toEqual({ [MINE]: [] });
  here.files.close(MINE);
  expect(await codes(here)).toEqual({});
});

test('of a schema with errors nothing is said to be missing', async () => {
  const here = machine();
  here.files.open(MINE, `${IMPORT}const mine: ChatHandlers = {};\n`);
  here.workspace.open('file:///p/chat.ipv8', SCHEMA.replace('u8', 'u9'));
  expect(await codes(here)).toEqual({});
});

test.each([
  ['is renamed', 'leav() {}', ['leave() {}']],
  ['keeps its quotes', "'leav'() {}", ["'leave'() {}"]],
])('a handler left over %s', async (_, before, [after = '']) => {
  const { files } = machine();
  const text = both.replace('leave() {}', before);
  files.open(MINE, text);
  const at = TextDocument.create(MINE, 'typescript', 1, text);
  const place = at.positionAt(text.indexOf('leav'));
  const actions = await files.actions(MINE, {
    range: { start: place, end: place },
    only: ['quickfix'],
  });
  expect(actions).toHaveLength(1);
  expect(actions[0]?.diagnostics?.map(({ code }) => code)).toEqual(['stub/unknown-handler']);
  const edits = actions[0]?.edit?.changes?.[MINE] ?? [];
  expect(TextDocument.applyEdits(at, edits)).toBe(both.replace('leave() {}', after));
});

test('missing handlers are added one by one, or all at once', async () => {
  const here = machine();
  const text = `${IMPORT}const mine: ChatHandlers = {};\n`;
  here.files.open(MINE, text);
  const actions = await here.files.actions(MINE, { range: WHOLE, only: undefined });
  expect(actions.map(({ title }) => title)).toEqual([
    'add a stub of `say`',
    'add a stub of `leave`',
    'add stubs of all 2 missing handlers',
  ]);
  const rest: (string | undefined)[][] = [];
  for (const { edit } of actions) {
    const document = TextDocument.create(MINE, 'typescript', 1, text);
    here.files.open(MINE, TextDocument.applyEdits(document, edit?.changes?.[MINE] ?? []));
    const left = await here.files.actions(MINE, { range: WHOLE, only: undefined });
    rest.push(left.map(({ title }) => title));
  }
  expect(rest).toEqual([['add a stub of `leave`'], ['add a stub of `say`'], []]);
});

test('what is not asked for is not offered', async () => {
  const { files } = machine();
  files.open(MINE, `${IMPORT}const mine: ChatHandlers = {};\n`);
  expect(await files.actions(MINE, { range: WHOLE, only: ['source'] })).toEqual([]);
  const nowhere = { start: WHOLE.start, end: WHOLE.start };
  expect(await files.actions(MINE, { range: nowhere, only: undefined })).toEqual([]);
  expect(await files.actions('file:///p/src/other.ts', { range: WHOLE, only: [] })).toEqual([]);
});

const empty = `${IMPORT}const mine: ChatHandlers = {};\n`;

test.each([
  ['that speaks of no handlers', MINE, 'export const a = 1;\n', 0],
  ["that speaks of another community's", MINE, empty.replaceAll('Chat', 'Dht'), 0],
  ['that imports another module', MINE, empty.replace('chat.ts', 'chatter.ts'), 1],
  ['that lies outside', 'file:///q/mine.ts', empty, 0],
  ['that is no file', 'untitled:1', empty, 0],
  ['that is too long', MINE, empty + ' '.repeat(SOURCE_LENGTH_MAX), 0],
])('nothing is said of a document %s', async (_, uri, text, requests) => {
  const here = machine();
  here.workspace.setFolders(['file:///p']);
  here.files.open(uri, text);
  expect(await codes(here)).toEqual({});
  expect(here.asked).toHaveLength(requests);
});

test.each([
  ['holds no handlers', `${IMPORT}export type { ChatHandlers };\n`],
  ['holds them twice', `${empty}const other: ChatHandlers = {};\n`],
  ['brings them from elsewhere', empty.replace('{};', '{ ...others() };')],
  ['is half written', `${IMPORT}const mine: ChatHandlers = {`],
  ['is nested without end', `${IMPORT}const mine: ChatHandlers = ${'['.repeat(20_000)}`],
])('a document that %s is left to TypeScript', async (_, text) => {
  const here = machine();
  here.files.open(MINE, text);
  expect(await codes(here)).toEqual({ [MINE]: [] });
});

test('a text is reviewed once as long as nothing changes', async () => {
  const here = machine();
  here.files.open(MINE, empty);
  await codes(here);
  await here.files.actions(MINE, { range: WHOLE, only: undefined });
  expect(here.asked).toEqual(['/p/src/mine.ts']);
  here.files.open(MINE, both);
  await codes(here);
  expect(here.asked).toHaveLength(2);
});

test('faults of handlers are published with the rest, and taken back on close', async () => {
  const { files, waiting, workspace, world } = machine();
  const sent: string[] = [];
  let isOpen = true;
  let onSent = (): void => undefined;
  const publisher = createPublisher({
    workspace,
    handlers: files,
    world,
    versionOf: () => (isOpen ? 7 : undefined),
    send: ({ diagnostics, uri, version }) => {
      sent.push(`${uri} ${version} ${diagnostics.length}`);
      if (uri === MINE) onSent();
    },
    refresh: () => undefined,
    fail: (error) => sent.push(String(error)),
  });
  const published = async (): Promise<void> => {
    publisher.schedule();
    const told = new Promise<void>((resolve) => (onSent = resolve));
    waiting.at(-1)?.();
    await told;
  };
  files.open(MINE, empty);
  await published();
  isOpen = false;
  files.close(MINE);
  await published();
  expect(sent.filter((line) => line.startsWith(MINE))).toEqual([
    `${MINE} 7 2`,
    `${MINE} undefined 0`,
  ]);
});
