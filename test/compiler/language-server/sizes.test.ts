import { expect, test } from 'vitest';
import { BUILT_IN_TYPES } from '../../../compiler/check/type-shape.ts';
import { BUILT_IN_DOCS } from '../../../compiler/language-server/built-ins.ts';
import { hover } from '../../../compiler/language-server/hover.ts';
import { inlayHints } from '../../../compiler/language-server/inlay-hints.ts';
import { grouped } from '../../../compiler/language-server/sizes.ts';
import { textAt, viewOf } from './views.ts';

const SCHEMA = `const MOST = 8

/// A node of the DHT.
struct Node {
  address: ip
  /// As in the key.
  public_key: bytes<u16, ..170>
}

/// Why.
enum Reason: u16 { unknown = 1, gone = 2 }

/// What a value is.
union Value: u8 { 0: Node }

/// Finds values.
community Dht version 3 = sha1("{") {
  /// Gives nodes.
  signed timed message Nodes = 1 via socket, cell {
    circuit_id: u32
    reason: Reason
    flags: bits { advice, kind: Reason[2], _[5] }
    nodes: list<inline Node, u8, ..MOST>
    #allow(size/unbounded, "whatever it is")
    const tag: bytes[2] = hex"0102"
    more: rest
  }
}
`;

async function hoverAt(text: string): Promise<string> {
  const at = SCHEMA.indexOf(text);
  if (at < 0) throw new Error(`no ${text}`);
  const marked = `${SCHEMA.slice(0, at)}‸${SCHEMA.slice(at)}`;
  const { position, view } = await viewOf({ 'dht.ipv8': marked });
  const found = hover(view, position);
  if (found === null) return '';
  const { contents, range } = found;
  const value = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return `${range === undefined ? '' : textAt(view, range)}\n${value}`;
}

test.each([
  ['a message', 'Nodes ='],
  ['a struct where it is used', 'Node,'],
  ['a field', 'nodes:'],
  ['a field of bits', 'flags:'],
  ['a member of bits', 'kind:'],
  ['an enum', 'Reason:'],
  ['a member of an enum', 'gone'],
  ['a union', 'Value:'],
  ['a community', 'Dht version'],
  ['a constant', 'MOST>'],
  ['a built-in type', 'bytes<'],
  ['a carrier', 'cell {'],
  ['a code', 'size/unbounded'],
  ['a keyword', 'timed'],
])('the hover of %s', async (_, text) => {
  expect(await hoverAt(text)).toMatchSnapshot();
});

test('where nothing stands nothing is shown', async () => {
  expect(await hoverAt('\n\n/// A node')).toBe('');
  expect(await hoverAt('0: Node')).toBe('');
});

test('every built-in type is explained', () => {
  expect(Object.keys(BUILT_IN_DOCS).sort()).toEqual([...BUILT_IN_TYPES].sort());
});

async function hintsOf(text: string): Promise<readonly string[]> {
  const { view } = await viewOf({ 'a.ipv8': text });
  const lines = text.split('\n');
  const all = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  return inlayHints(view, all).map(({ label, position }) => {
    const line = lines[position.line] ?? '';
    return `${line.slice(0, position.character).trim()} ⟨${String(label)}⟩`;
  });
}

test('each field has its bytes, each message those of its payload', async () => {
  expect(await hintsOf(SCHEMA)).toMatchSnapshot();
});

test('structs that hold themselves, twice or without end have hints all the same', async () => {
  const chain = Array.from(
    { length: 40 },
    (_, at) => `struct S${at} { a: inline S${at + 1}, b: inline S${at + 1} }\n`,
  );
  expect(await hintsOf(chain.join(''))).toHaveLength(78);
  expect(await hintsOf('struct A { a: inline A, b: u8 }\n')).toHaveLength(2);
});

test('of a range the hints of that range are given', async () => {
  const { view } = await viewOf({ 'a.ipv8': SCHEMA });
  const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 4 } };
  expect(inlayHints(view, range)).toEqual([]);
  expect(inlayHints(view, { ...range, end: { line: 5, character: 0 } })).toHaveLength(1);
});

test('numbers are grouped by thousands', () => {
  expect([0, 999, 1000, 65_537, 1_234_567].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '65,537',
    '1,234,567',
  ]);
});
