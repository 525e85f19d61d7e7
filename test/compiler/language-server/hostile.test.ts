import {
  CancellationTokenSource,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, startClient } from './client.ts';

const SOUND = '/// A 🦜.\nstruct Parrot { /* 🦜 */ a: u8 }\n';

async function start(
  files: { readonly [path: string]: string } = {},
  options: { readonly isWatching?: boolean } = {},
): Promise<Client> {
  const client = await startClient({ 'ipv8.config.json': '{}', ...files }, options);
  onTestFinished(() => client.close());
  return client;
}

const FAR = 2 ** 31 - 1;
const POSITIONS = [
  { line: 0, character: 0 },
  { line: 0, character: 5 },
  { line: 1, character: 21 },
  { line: 1, character: 22 },
  { line: FAR, character: FAR },
  { line: -1, character: -1 },
  { line: 0.5, character: Number.MAX_VALUE },
];

/** Every request about a document, at every position; true when all were answered. */
async function askEverything(client: Client, uri: string): Promise<boolean> {
  const textDocument = { uri };
  const options = { tabSize: 2, insertSpaces: true };
  const { connection } = client;
  const answers: Promise<unknown>[] = [
    connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
    connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
    connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
    connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options }),
  ];
  for (const position of POSITIONS) {
    const at = { textDocument, position };
    const range = { start: position, end: { line: 0, character: 1 } };
    answers.push(
      connection.sendRequest(HoverRequest.type, at),
      connection.sendRequest(DefinitionRequest.type, at),
      connection.sendRequest(CompletionRequest.type, at),
      connection.sendRequest(PrepareRenameRequest.type, at),
      connection.sendRequest(ReferencesRequest.type, {
        ...at,
        context: { includeDeclaration: true },
      }),
      connection.sendRequest(InlayHintRequest.type, { textDocument, range }),
      connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range }),
      connection.sendRequest(DocumentRangeFormattingRequest.type, { textDocument, range, options }),
      connection.sendRequest(CodeActionRequest.type, {
        textDocument,
        range,
        context: { diagnostics: [] },
      }),
    );
  }
  const ended = await Promise.allSettled(answers);
  const failed = ended.filter((one) => one.status === 'rejected');
  expect(failed).toEqual([]);
  return ended.length > 60;
}

test('documents that are unknown, no files, empty, broken or huge are answered about', async () => {
  const client = await start();
  expect(await askEverything(client, client.uri('nobody-opened-this.ipv8'))).toBe(true);
  const texts: Readonly<Record<string, string>> = {
    [client.uri('sound.ipv8')]: SOUND,
    [client.uri('empty.ipv8')]: '',
    [client.uri('import.ipv8')]: 'import "../../../../../../dev/zero"\nimport "."\n',
    [client.uri('deep.ipv8')]: `struct A { a: ${'list<'.repeat(2_000)}`,
    [client.uri('surrogate.ipv8')]: 'struct A { a: "\uD800" }',
    [client.uri('huge.ipv8')]: SOUND.repeat(30_000),
    'untitled:Untitled-1': SOUND,
    'git:/a/b.ipv8?%7B%22ref%22%7D': 'import "./c.ipv8"\nstruct',
    'file://elsewhere/share/a.ipv8': SOUND,
    'not a uri': SOUND,
    '': SOUND,
  };
  for (const [uri, text] of Object.entries(texts)) {
    await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'ipv8', version: 1, text },
    });
    expect(await askEverything(client, uri), uri).toBe(true);
  }
}, 120_000);

test('messages that nobody should send are refused, and the next ones answered', async () => {
  const client = await start();
  await client.open('a.ipv8', SOUND);
  const { connection } = client;
  const bad: readonly unknown[] = [
    null,
    7,
    {},
    { textDocument: null },
    { textDocument: { uri: 7 } },
  ];
  for (const params of bad) {
    for (const method of ['textDocument/hover', 'textDocument/rename', 'textDocument/completion']) {
      await connection.sendRequest(method, params).catch(() => undefined);
    }
    for (const method of ['didOpen', 'didChange', 'didClose', 'didSave']) {
      await connection.sendNotification(`textDocument/${method}`, params);
    }
  }
  await connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: null });
  await connection.sendNotification('nobody/knowsThis', {});
  await expect(connection.sendRequest('nobody/knowsThis', {})).rejects.toThrow();
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: client.uri('never-opened.ipv8'), version: 3 },
    contentChanges: [{ text: 'x' }],
  });
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: client.uri('a.ipv8'), version: 4 },
    contentChanges: [
      { range: { start: { line: FAR, character: FAR }, end: { line: 0, character: 0 } }, text: '' },
      { text: SOUND },
    ],
  });
  client.process.stdin?.write('Content-Length: 5\r\n\r\n{"a":');
  client.process.stdin?.write('Content-Length: 2\r\n\r\n[]');
  const { diagnostics } = await client.diagnostics('a.ipv8', ({ version }) => version === 4);
  expect(diagnostics.length).toBeGreaterThan(0);
  const textDocument = { uri: client.uri('a.ipv8') };
  const refused = connection.sendRequest(RenameRequest.type, {
    textDocument,
    position: { line: 1, character: 8 },
    newName: 'u8',
  });
  await expect(refused).rejects.toThrow('built-in type');
});

test('a request that is cancelled ends, and so do those behind it', async () => {
  const client = await start();
  await client.open('a.ipv8', SOUND.repeat(2_000));
  const textDocument = { uri: client.uri('a.ipv8') };
  const requests = Array.from({ length: 20 }, (_, at) => {
    const source = new CancellationTokenSource();
    if (at % 2 === 0) queueMicrotask(() => source.cancel());
    return client.connection.sendRequest(
      SemanticTokensRequest.type,
      { textDocument },
      source.token,
    );
  });
  const ended = await Promise.allSettled(requests);
  expect(ended.filter((one, at) => at % 2 === 1 && one.status === 'fulfilled')).toHaveLength(10);
});

test('after shutdown requests are refused, and exit ends the process', async () => {
  const client = await start();
  await client.open('a.ipv8', SOUND);
  await client.connection.sendRequest(ShutdownRequest.type);
  const late = client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: client.uri('a.ipv8') },
    position: { line: 0, character: 0 },
  });
  await expect(late).rejects.toThrow('shut down');
  await client.connection.sendNotification(ExitNotification.type);
  expect(await client.ended).toBe(0);
});

test('the process ends with its standard input, and without a shutdown that is a failure', async () => {
  const client = await start();
  client.process.stdin?.end();
  expect(await client.ended).toBe(1);
});

test('what changes on disk is seen when the client says so, and faults of what is gone go', async () => {
  const files = {
    'schemas/a.ipv8': 'import "./b.ipv8"\n\n/// A.\nstruct A { a: B }\n',
    'schemas/b.ipv8': 'struct B { a: Gone }\n',
  };
  const client = await start(files, { isWatching: true });
  const changed = async (path: string): Promise<void> =>
    client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: client.uri(path), type: 2 }],
    });
  await client.diagnostics('schemas/b.ipv8', ({ diagnostics }) => diagnostics.length > 0);
  rmSync(fileURLToPath(client.uri('schemas/b.ipv8')));
  await changed('schemas/b.ipv8');
  await client.diagnostics('schemas/b.ipv8', ({ diagnostics }) => diagnostics.length === 0);
  const importing = await client.diagnostics(
    'schemas/a.ipv8',
    ({ diagnostics }) => diagnostics.length > 0,
  );
  expect(importing.diagnostics[0]?.code).toBe('import/missing-file');

  client.write('ipv8.config.json', '{ "schema": [] }');
  await changed('ipv8.config.json');
  const config = await client.diagnostics(
    'ipv8.config.json',
    ({ diagnostics }) => diagnostics.length > 0,
  );
  expect(config.diagnostics[0]?.message).toContain('"schema" is not a setting');
  client.write('ipv8.config.json', '{}');
  await changed('ipv8.config.json');
  await client.diagnostics('ipv8.config.json', ({ diagnostics }) => diagnostics.length === 0);
});
