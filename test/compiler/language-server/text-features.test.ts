import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSource } from '../../../compiler/format/format.ts';
import { documentSymbols } from '../../../compiler/language-server/document-symbols.ts';
import { folding } from '../../../compiler/language-server/folding.ts';
import { formatting } from '../../../compiler/language-server/formatting.ts';
import { offsetOf, positionOf } from '../../../compiler/language-server/places.ts';
import { LEGEND, semanticTokens } from '../../../compiler/language-server/semantic-tokens.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { applyTextEdits, viewOf } from './views.ts';

const CROOKED = `// Head 🦜.
import "./a.ipv8"
import   "./b.ipv8"
/// One.
///  Two.
struct   A {a:u8,
    b :  list< u8 ,u16>  // 🦜 behind
}


/// A community.
community C = sha1("c"){ signed message M=1{ a:A }
reserved 7..10 for D }
`;

test('formatting edits gap by gap what the formatter would write', () => {
  const source = createSource('a.ipv8', CROOKED);
  const edits = formatting(source);
  expect(applyTextEdits(CROOKED, edits)).toBe(formatSource(source).text);
  expect(edits.length).toBeGreaterThan(5);
  expect(edits.every(({ newText }) => /^[ \n]*$/.test(newText))).toBe(true);
  const formatted = createSource('a.ipv8', formatSource(source).text);
  expect(formatting(formatted)).toEqual([]);
});

test('formatting a range changes that range', () => {
  const source = createSource('a.ipv8', CROOKED);
  const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 19 } };
  expect(applyTextEdits(CROOKED, formatting(source, range))).toContain('import "./b.ipv8"');
  expect(formatting(source, range).every((edit) => edit.range.start.line <= 3)).toBe(true);
});

const PIECE = fc.oneof(
  fc.constantFrom('struct', 'A', '{', '}', ':', 'u8', ',', '\r\n', '\n', ' ', '\t', '\uFEFF'),
  fc.constantFrom('// 🦜\n', '/// d\n', '"x', '"t t"', 'community', '=', '<', '>', 'signed', '🦜'),
  fc.constantFrom('import "./a"', 'message M = 1 {', 'bits { a, _[7] }', '..', '[', ']', '(', ')'),
);

test('formatting any text gives what the formatter gives, and folding any text ends', () => {
  fc.assert(
    fc.property(fc.array(PIECE, { maxLength: 40 }), (pieces) => {
      const source = createSource('a.ipv8', pieces.join(' '));
      expect(applyTextEdits(source.text, formatting(source))).toBe(formatSource(source).text);
      for (const { endLine, startLine } of folding(source)) {
        expect(startLine).toBeLessThan(endLine);
        expect(endLine).toBeLessThan(source.lineStarts.length);
      }
    }),
  );
});

test('bodies, comments and imports fold', () => {
  expect(folding(createSource('a.ipv8', CROOKED))).toEqual([
    { startLine: 5, endLine: 6 },
    { startLine: 3, endLine: 4, kind: 'comment' },
    { startLine: 1, endLine: 2, kind: 'imports' },
  ]);
  expect(folding(createSource('a.ipv8', 'struct A {\n a: u8\n b: u8\n'))).toEqual([]);
});

test('the outline shows declarations, messages and fields', async () => {
  const { view } = await viewOf({ 'a.ipv8': CROOKED });
  const names = documentSymbols(view.schema).map(({ children, name }) => [
    name,
    children?.map((child) => [child.name, child.detail, child.children?.length]),
  ]);
  expect(names).toEqual([
    [
      'A',
      [
        ['a', 'u8', undefined],
        ['b', 'list< u8 ,u16>', undefined],
      ],
    ],
    ['C', [['M', 'message = 1', 1]]],
  ]);
});

test('every token has its colour', async () => {
  const { view } = await viewOf({ 'a.ipv8': CROOKED });
  const { source } = view.schema;
  const colours: string[] = [];
  const { data } = semanticTokens(view);
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    [line, character] = [line + down, down === 0 ? character + right : right];
    const start = offsetOf(source, { line, character });
    const says = LEGEND.tokenModifiers.filter((_, bit) => (modifiers >> bit) % 2 === 1);
    const text = source.text.slice(start, start + length);
    colours.push([text, LEGEND.tokenTypes[type], ...says].join(' | '));
  }
  expect(colours).toMatchInlineSnapshot(`
    [
      "// Head 🦜. | comment",
      "import | keyword",
      ""./a.ipv8" | string",
      "import | keyword",
      ""./b.ipv8" | string",
      "/// One. | comment | documentation",
      "///  Two. | comment | documentation",
      "struct | keyword",
      "A | struct | declaration",
      "a | property | declaration",
      "u8 | type | defaultLibrary",
      "b | property | declaration",
      "list | type | defaultLibrary",
      "u8 | type | defaultLibrary",
      "u16 | type | defaultLibrary",
      "// 🦜 behind | comment",
      "/// A community. | comment | documentation",
      "community | keyword",
      "C | class | declaration",
      "sha1 | keyword",
      ""c" | string",
      "signed | keyword",
      "message | keyword",
      "M | event | declaration",
      "1 | number",
      "a | property | declaration",
      "A | struct",
      "reserved | keyword",
      "7 | number",
      "10 | number",
      "for | keyword",
    ]
  `);
});

test('of a part of a text the tokens of that part are told', async () => {
  const { view } = await viewOf({ 'a.ipv8': CROOKED });
  const part = { source: view.schema.source, start: 0, end: 3 };
  expect(semanticTokens(view, part).data).toHaveLength(5);
});

test('places are UTF-16 code units, and positions outside the text are moved into it', () => {
  const source = createSource('a.ipv8', '🦜🦜 a\r\nb\rc\n');
  expect(positionOf(source, 5)).toEqual({ line: 0, character: 5 });
  expect(offsetOf(source, { line: 0, character: 5 })).toBe(5);
  expect(offsetOf(source, { line: 0, character: 99 })).toBe(6);
  expect(offsetOf(source, { line: 1, character: 99 })).toBe(9);
  expect(offsetOf(source, { line: 2, character: 0 })).toBe(10);
  expect(offsetOf(source, { line: 99, character: 0 })).toBe(source.text.length);
  expect(offsetOf(source, { line: -1, character: -7 })).toBe(0);
  expect(offsetOf(source, { line: Number.NaN, character: 2 ** 53 })).toBe(6);
});
