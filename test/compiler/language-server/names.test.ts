import { expect, test } from 'vitest';
import { definition } from '../../../compiler/language-server/definition.ts';
import { highlights, references } from '../../../compiler/language-server/references.ts';
import { prepareRename, rename } from '../../../compiler/language-server/rename.ts';
import { applied, type Files, viewOf } from './views.ts';

const NODES = '/// A node.\nstruct Node { address: ip }\n\n/// Most.\nconst MOST = 8\n';

/** Two schemas; the text goes into the body of the community of the second. */
function dht(body: string, nodes = NODES): Files {
  return {
    'dht.ipv8': `import "./nodes.ipv8"\n\n/// Finds.\ncommunity Dht = sha1("dht") {\n${body}\n}\n`,
    'nodes.ipv8': nodes,
  };
}

const NODES_MESSAGE =
  '  /// N.\n  signed message Nodes = 1 { nodes: list<inline Node, u8, ..MOST> }';

async function definitionsOf(files: Files): Promise<readonly string[]> {
  const { position, view } = await viewOf(files);
  return definition(view, position).map(
    ({ range, uri }) => `${uri}:${range.start.line}:${range.start.character}`,
  );
}

test.each([
  ['Node,', 'file:///nodes.ipv8:1:7'],
  ['MOST', 'file:///nodes.ipv8:4:6'],
])('the definition of %s is in the imported schema', async (name, place) => {
  const marked = NODES_MESSAGE.replace(name, `‸${name}`);
  expect(await definitionsOf(dht(marked))).toEqual([place]);
});

test('an import leads to its schema, a built-in type and an unknown name nowhere', async () => {
  const files = dht(NODES_MESSAGE);
  const text = files['dht.ipv8'] ?? '';
  const at = async (before: string): Promise<readonly string[]> =>
    definitionsOf({ ...files, 'dht.ipv8': text.replace(before, `${before}‸`) });
  expect(await at('./no')).toEqual(['file:///nodes.ipv8:0:0']);
  expect(await at('list')).toEqual([]);
  expect(await definitionsOf(dht('  signed message A = 1 { a: Nowhe‸re }'))).toEqual([]);
  expect(await definitionsOf({ 'a.ipv8': 'import "./gone‸.ipv8"\n' })).toEqual([]);
});

test('references are found in every schema, from the declaration or from a use', async () => {
  const fromUse = await viewOf(dht(NODES_MESSAGE.replace('Node,', 'No‸de,')));
  const found = references(fromUse.view, fromUse.position, { withDefinition: true });
  expect(found.map(({ uri }) => uri)).toEqual(['file:///dht.ipv8', 'file:///nodes.ipv8']);
  const uses = references(fromUse.view, fromUse.position, { withDefinition: false });
  expect(uses.map(({ uri }) => uri)).toEqual(['file:///dht.ipv8']);

  const fromDeclaration = await viewOf(dht(NODES_MESSAGE, NODES.replace('Node', '‸Node')));
  expect(
    references(fromDeclaration.view, fromDeclaration.position, { withDefinition: true }),
  ).toEqual(found);
  expect(highlights(fromUse.view, fromUse.position)).toHaveLength(1);
});

async function renamed(files: Files, name: string): Promise<Files | string> {
  const { position, view } = await viewOf(files);
  const result = await rename(view, position, name);
  return result.ok ? applied(view, result.edit) : result.reason;
}

test('a name is renamed in every schema, and nothing else is', async () => {
  const files = dht(NODES_MESSAGE.replace('Node,', 'Node‸,'));
  expect(await renamed(files, 'Contact')).toEqual({
    'dht.ipv8': (files['dht.ipv8'] ?? '').replace('‸', '').replace('inline Node', 'inline Contact'),
    'nodes.ipv8': NODES.replace('struct Node', 'struct Contact'),
  });
});

test('fields, members and messages are renamed where they are declared', async () => {
  const one = (text: string): Files => ({ 'a.ipv8': text });
  expect(await renamed(one('/// A.\nstruct A { a‸: u8, b: u8 }\n'), 'c')).toEqual(
    one('/// A.\nstruct A { c: u8, b: u8 }\n'),
  );
  expect(await renamed(one('/// A.\nenum A: u8 { a‸ = 1 }\n'), 'none')).toEqual(
    one('/// A.\nenum A: u8 { none = 1 }\n'),
  );
});

test.each([
  ['Dht', 'the name `Dht` is declared twice'],
  ['u8', '`u8` is the name of a built-in type'],
  ['two words', '`two words` is not a name'],
  ['', '`` is not a name'],
  ['1st', '`1st` is not a name'],
  ['_', '`_` is not a name'],
  ['Ünder', '`Ünder` is not a name'],
])('renaming a struct to %s is refused', async (name, reason) => {
  expect(await renamed(dht(NODES_MESSAGE.replace('Node,', 'Node‸,')), name)).toBe(reason);
});

test('a name of ten thousand letters is refused in a few words', async () => {
  const reason = await renamed(dht(NODES_MESSAGE.replace('Node,', 'Node‸,')), 'x'.repeat(10_000));
  expect(reason).toHaveLength(216);
});

test('a field does not take the name of its neighbour, nor a constant that of a value', async () => {
  const fields = { 'a.ipv8': '/// A.\nstruct A { a‸: u8, b: u8 }\n' };
  expect(await renamed(fields, 'b')).toBe('field `b` is declared twice in `A`');
  const constant = {
    'a.ipv8': 'const O‸NE = 1\n/// A.\nstruct A { const a: u8 = ONE }\n',
  };
  expect(await renamed(constant, 'true')).not.toBeTypeOf('object');
});

test('a program with faults is renamed in as long as it gets no new ones', async () => {
  const files = dht(
    `${NODES_MESSAGE.replace('Node,', 'Node‸,')}\n  message Broken = 2 { a: Gone }`,
  );
  expect(await renamed(files, 'Contact')).toBeTypeOf('object');
});

test('where nothing has a name nothing is renamed', async () => {
  for (const text of ['‸', '/// A‸.\nstruct A { a: u8 }\n', 'struct A { a: u‸8 }\n']) {
    const { position, view } = await viewOf({ 'a.ipv8': text });
    expect(prepareRename(view, position)).toBeNull();
    expect(await rename(view, position, 'b')).toMatchObject({ ok: false });
  }
  const { position, view } = await viewOf({ 'a.ipv8': 'struct Long‸Name { a: u8 }\n' });
  expect(prepareRename(view, position)).toEqual({
    placeholder: 'LongName',
    range: { start: { line: 0, character: 7 }, end: { line: 0, character: 15 } },
  });
});
