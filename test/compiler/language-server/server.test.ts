import {
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  HoverRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
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
  expect(broken.diagnostics.map(({ code }) => code)).toEqual(['import/unused', 'name/unknown']);

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
