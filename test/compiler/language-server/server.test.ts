import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DocumentFormattingRequest,
  HoverRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, startClient } from './client.ts';

const NODES = '/// A node.\nstruct NodeInfo {\n  address: ip\n}\n';
const DHT = `import "./nodes.ipv8"

/// Finds values.
community Dht = sha1("dht") {
  /// Gives nodes.
  signed message Nodes = 1 { nodes: list<inline NodeInfo, u8, ..8> }
}
`;

async function start(files: { readonly [path: string]: string }): Promise<Client> {
  const client = await startClient(files);
  onTestFinished(() => client.close());
  return client;
}

test('a document is checked while it is typed, with all it imports', async () => {
  const client = await start({ 'schemas/nodes.ipv8': NODES, 'schemas/dht.ipv8': DHT });
  const textDocument = { uri: client.uri('schemas/dht.ipv8') };
  await client.open('schemas/dht.ipv8', DHT.replace('NodeInfo', 'NodeInof'));
  const broken = await client.diagnostics('schemas/dht.ipv8', ({ version }) => version === 1);
  expect(broken.diagnostics.map(({ code }) => code)).toEqual(['name/unknown']);

  await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { ...textDocument, version: 2 },
    contentChanges: [{ text: DHT }],
  });
  const sound = await client.diagnostics('schemas/dht.ipv8', ({ version }) => version === 2);
  expect(sound.diagnostics).toEqual([]);

  const position = { line: 5, character: 50 };
  const found = await client.connection.sendRequest(DefinitionRequest.type, {
    textDocument,
    position,
  });
  expect(found).toEqual([
    {
      uri: client.uri('schemas/nodes.ipv8'),
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 15 } },
    },
  ]);
  const places = await client.connection.sendRequest(ReferencesRequest.type, {
    textDocument,
    position,
    context: { includeDeclaration: true },
  });
  expect(places).toHaveLength(2);
  const shown = await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
  expect(JSON.stringify(shown)).toContain('A node.');
});

test('what is wrong with a document is forgotten when it closes and nothing holds it', async () => {
  const client = await start({ 'schemas/nodes.ipv8': NODES });
  await client.open('loose.ipv8', 'struct');
  const open = await client.diagnostics('loose.ipv8', ({ version }) => version === 1);
  expect(open.diagnostics).not.toEqual([]);
  await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
    textDocument: { uri: client.uri('loose.ipv8') },
  });
  const closed = await client.diagnostics('loose.ipv8', ({ version }) => version === undefined);
  expect(closed.diagnostics).toEqual([]);
});

const HANDLERS = `import type { DhtHandlers } from './generated/dht.ts';

export const handlers: DhtHandlers = {
  node() {},
};
`;

test('a handler whose message was renamed is renamed with it, and TypeScript left alone', async () => {
  const client = await startClient(
    { 'ipv8.config.json': '{}', 'schemas/nodes.ipv8': NODES, 'schemas/dht.ipv8': DHT },
    { isWatching: true },
  );
  onTestFinished(() => client.close());
  expect(client.registered.map(({ method }) => method)).toEqual([
    'textDocument/didOpen',
    'textDocument/didChange',
    'textDocument/didClose',
    'textDocument/codeAction',
    'workspace/didChangeWatchedFiles',
  ]);
  const textDocument = { uri: client.uri('mine.ts') };
  await client.open('mine.ts', HANDLERS, 'typescript');
  const { diagnostics } = await client.diagnostics('mine.ts', ({ version }) => version === 1);
  expect(diagnostics.map(({ code }) => code).toSorted()).toEqual([
    'stub/missing-handler',
    'stub/unknown-handler',
  ]);
  const leftOver = diagnostics.find(({ code }) => code === 'stub/unknown-handler');
  const range = leftOver?.range ?? { start: ORIGIN, end: ORIGIN };
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument,
    range,
    context: { diagnostics: [] },
  });
  const edits = (actions ?? []).flatMap((one) =>
    'edit' in one ? (one.edit?.changes?.[textDocument.uri] ?? []) : [],
  );
  const text = TextDocument.applyEdits(
    TextDocument.create(textDocument.uri, 'typescript', 1, HANDLERS),
    edits,
  );
  expect(text).toBe(HANDLERS.replace('node()', 'nodes()'));
  await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { ...textDocument, version: 2 },
    contentChanges: [{ text }],
  });
  const clean = await client.diagnostics('mine.ts', ({ version }) => version === 2);
  expect(clean.diagnostics).toEqual([]);

  const about = { textDocument, position: range.start };
  const options = { tabSize: 2, insertSpaces: true };
  expect([
    await client.connection.sendRequest(HoverRequest.type, about),
    await client.connection.sendRequest(CompletionRequest.type, about),
    await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options }),
  ]).toEqual([null, null, null]);
});

const ORIGIN = { line: 0, character: 0 };
