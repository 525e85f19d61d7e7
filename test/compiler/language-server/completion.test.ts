import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { completion } from '../../../compiler/language-server/completion.ts';
import { specifierOf } from '../../../compiler/language-server/imports.ts';
import { applyTextEdits, viewOf } from './views.ts';

const OTHER = '/// Far.\nstruct Far { a: u8 }\n';
const BEFORE = `import "./near.ipv8"

/// Most.
const MOST = 8

/// Here.
struct Here { a: u8, b: u16 }

/// Why.
enum Why: u8 { a = 1 }

`;
const FILES = { 'near.ipv8': '/// Near.\nstruct Near { a: u8 }\n', 'far/far.ipv8': OTHER };

const DHT = `abstract community Base {
  signed message Parent = 1 { identifier: u16 }
  reserved 2..3 for Dht
}

community Dht extends Base = sha1("dht") {
  signed message Find = 4 { identifier: u32 }
`;

async function labelsAt(text: string): Promise<readonly string[]> {
  const { position, view } = await viewOf({ 'a.ipv8': BEFORE + text, ...FILES });
  return completion(view, position).map(({ label }) => label);
}

test.each<readonly [string, string, readonly string[]]>([
  [
    'types of a field',
    'union A: u8 {}\nstruct B { a: ‸',
    ['inline', 'Here', 'Why', 'A', 'B', 'Near', 'Far', 'bool'],
  ],
  [
    'types while one is typed',
    'struct A { a: He‸re }',
    ['inline', 'Here', 'Why', 'A', 'Near', 'Far'],
  ],
  ['what can be inline', 'struct A { a: inline ‸', ['Here', 'A', 'Near', 'Far']],
  ['prefixes', 'struct A { a: bytes<‸', ['u8', 'u16', 'u32']],
  ['elements of a list', 'struct A {\n  a: list<‸\n  b: u8\n}', ['inline', 'Here', 'Why']],
  ['counts of a list', 'struct A { a: list<Here, ‸>', ['u8', 'u16', 'u32', 'rest']],
  ['elements of an array', 'struct A { a: array<‸', ['i64', 'f64', 'bool']],
  ['bounds', 'struct A { a: bytes<u8, ..‸', ['MOST']],
  ['sizes', 'struct A { a: bytes[‸', ['MOST']],
  ['enums in bits', 'struct A { a: bits { b: ‸', ['Why']],
  ['structs in a union', 'union A: u8 { 0: ‸', ['Here', 'Near', 'Far']],
  ['widths', 'enum A: ‸', ['u8', 'u16', 'u32']],
  ['constants', 'struct A { const a: u8 = ‸', ['hex', 'true', 'false', 'MOST']],
  ['declarations', '‸', ['struct', 'community', 'enum', 'flags', 'union', 'const', 'import']],
  ['identities', 'community A = ‸', ['sha1', 'master', 'hex', 'dynamic']],
  ['clauses', 'community A ‸', ['extends', 'version']],
  ['free ids', `${DHT}  signed message New = ‸`, ['5', '6', '7']],
  ['parents', `${DHT}}\ncommunity B extends ‸`, ['Base', 'Dht']],
  ['messages to override', `${DHT}  signed message New overrides ‸`, ['Parent']],
  ['carriers', `${DHT}  unsigned message New = 9 via cell, ‸`, ['socket', 'data']],
  ['members of a community', `${DHT}  ‸`, ['signed', 'unsigned', 'request', 'reserved']],
  ['what follows signed', `${DHT}  signed ‸`, ['message', 'timed']],
  ['whom ids are kept for', `${DHT}  reserved 7 for ‸`, ['Base', 'Dht']],
  ['messages of a request', `${DHT}  request find(‸`, ['Find', 'Parent']],
  ['answers of a request', `${DHT}  request find(Find): ‸`, ['Find', 'Parent']],
  ['fields of a request', `${DHT}  request find(Find): Parent by ‸`, ['identifier']],
  ['what has vectors', `vector "x" ‸`, ['Here', 'Near', 'Far']],
  ['fields of a vector', `vector "x" Here { a: 1, ‸`, ['a', 'b']],
  ['nothing in comments', `struct A { a: u8 // ‸`, []],
  ['nothing in documentation', `/// ‸\nstruct A { a: u8 }`, []],
  ['nothing in texts', `community A = sha1("‸")`, []],
  ['nothing for a name', `struct ‸`, []],
  [
    'the next declaration after a broken one',
    `struct A {\n  a: list<\nunion B: u8 {\n 0: ‸`,
    ['Here'],
  ],
])('%s are completed', async (_, text, expected) => {
  const labels = await labelsAt(text);
  if (expected.length === 0) expect(labels).toEqual([]);
  else expect(labels.slice(0, expected.length)).toEqual(expected);
});

test('codes that can be allowed are completed, whatever of them is typed', async () => {
  for (const typed of ['', 'style', 'style/', 'style/fi']) {
    const text = `${BEFORE}struct A {\n  #allow(${typed}‸\n  aB: u8\n}\n`;
    const { position, view } = await viewOf({ 'a.ipv8': text, ...FILES });
    const items = completion(view, position);
    const item = items.find(({ label }) => label === 'style/field-name');
    const edit = item?.textEdit !== undefined && 'range' in item.textEdit ? [item.textEdit] : [];
    const changed = applyTextEdits(view.schema.source.text, edit);
    expect(changed).toContain('#allow(style/field-name\n');
    expect(items.every(({ label }) => !label.startsWith('syntax/'))).toBe(true);
  }
});

test('a name of a schema that is not imported brings its import', async () => {
  const text = `${BEFORE}struct A { a: Fa‸ }\n`;
  const { position, view } = await viewOf({ 'a.ipv8': text, ...FILES });
  const item = completion(view, position).find(({ label }) => label === 'Far');
  const edits = [item?.textEdit, ...(item?.additionalTextEdits ?? [])].flatMap((edit) =>
    edit !== undefined && 'range' in edit ? [edit] : [],
  );
  const changed = applyTextEdits(view.schema.source.text, edits);
  expect(changed).toContain('import "./near.ipv8"\nimport "./far/far.ipv8"\n\n');
  expect(changed).toContain('struct A { a: Far }');
});

test('schemas that are not imported yet are completed in an import', async () => {
  for (const text of ['import "‸', 'import "./‸"', 'import "./fa‸r"', 'import "‸./near.ipv8"']) {
    const { position, view } = await viewOf({ 'a.ipv8': `${BEFORE}${text}\n`, ...FILES });
    const items = completion(view, position);
    expect(items.map(({ label }) => label)).toEqual(['./far/far.ipv8']);
    const edit = items[0]?.textEdit;
    const edits = edit !== undefined && 'range' in edit ? [edit] : [];
    const changed = applyTextEdits(view.schema.source.text, edits);
    expect(changed).toMatch(/import "\.\/far\/far\.ipv8"?\n$/);
  }
});

test('specifiers lead from one schema to another', () => {
  expect(specifierOf('a.ipv8', 'b.ipv8')).toBe('./b.ipv8');
  expect(specifierOf('x/a.ipv8', 'x/y/b.ipv8')).toBe('./y/b.ipv8');
  expect(specifierOf('x/y/a.ipv8', 'b.ipv8')).toBe('../../b.ipv8');
  expect(specifierOf('x/a.ipv8', 'y/b.ipv8')).toBe('../y/b.ipv8');
});

const PIECE = fc.constantFrom(
  'struct',
  'A',
  '{',
  '}',
  ':',
  '<',
  '>',
  '[',
  ']',
  '(',
  ')',
  ',',
  '..',
  '=',
  '"',
  '\n',
  '//',
  'community',
  'message',
  'via',
  'bits',
  'list',
  'vector "x"',
  'request',
  'union',
  '🦜',
  '7',
);

test('no place in no text makes completion fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(PIECE, { maxLength: 30 }), fc.nat(60), async (pieces, at) => {
      const { view } = await viewOf({ 'a.ipv8': pieces.join(' ') });
      expect(completion(view, { line: 0, character: at })).toBeInstanceOf(Array);
    }),
    { numRuns: 60 },
  );
});
