/** Whatever is formatted: nothing is lost, nothing means something else, and once is enough. */
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatSource } from '../../../compiler/format/format.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { lex } from '../../../compiler/syntax/lexer.ts';
import { programOf } from '../check/expect-problems.ts';
import { runs } from '../../effort.ts';

const formatted = (text: string): string => formatSource(createSource('a.ipv8', text)).text;

const SCHEMAS = ['schemas/introduction', 'schemas/lamport', 'schemas/discovery'].map((name) =>
  readFileSync(new URL(`../../../${name}.ipv8`, import.meta.url), 'utf8'),
);

const MIXED = `// Front.
const MAX = 8

/// Kinds.
enum Kind: u8 { one = 1, two = 2 }

/// Bits.
flags Some: u16 { first = 1, last = 0x8000 }

/// One or the other.
union Entry: u8 {
  0: Pair
  MAX: Triple // tagged
}

/// On one line.
struct Pair { a: u32, b: bytes<u16, ..MAX send ..7> } // behind

/// A community.
community Mixed version 3 = sha1("mixed") { // opened

  reserved 7..10, 12 for Other

  /// A message.
  signed timed message First = 1 via cell, data {
    circuit_id: u32 /// trailing
    // above
    kind: Kind,
    const tag: u8 = 0x59

    more: list<inline Pair, u8, 1..MAX>
    marks: bits { first: Kind[2], second, _[5] }
    // last
  }
}

/// As JSON.
codec json: string<u16, ..MAX> via { ts: "./json.ts#json", py: "app.codecs:json" }

/// On lines.
codec date: i64 via { // opened
  ts: "./date.ts#date"
  // above
  py: "app.codecs:date", // behind
}

/// Allowed.
#allow(style/type-name, "as the other side has it")

#allow(style/undocumented, "told") // behind
struct lower {
  #allow(style/field-name, "so") aB: u8
  #allow(style/field-name, "so")
  // above
  cD: u8, #allow(style/field-name, "so") eF: u8
}

vector "pair" Pair { a: 1, b: hex"00ff" } = hex"00000001000200ff" // behind
malformed "short" Pair hex"00"

vector "first" First { // opened
  circuit_id: 7
  kind: two,
  // above
  more: [{ a: 1, b: hex"" }, { a: MAX, b: hex"00" }]
  marks: { first: one, second: true }
  here: [127.0.0.1:80, [::1]:80, "a.b:1"] // behind
  entry: Pair {
    a: -1.5e3
    list: [
      1, 2
      [3]
    ]
  }
} = hex"00"

/// A child.
community Child extends Mixed {

  signed timed message Other overrides First via cell, data {
    const circuit_id: u32 = 1 // tells
  }

  signed message Ask = 20 { identifier: u32 }

  signed message Answer = 21 { identifier: u32 }

  /// Pairs two.
  request ask(Ask): Answer by identifier timeout 500ms retry 1 // behind
  request ask_again(First): Answer by identifier timeout 2s
}
// End.
`;

/** Pieces that change what a text means, or only how it looks. */
const MARKS = '{ } < > [ ] ( ) , : = .. " # / - \\ \0'.split(' ');
const SPACES = [
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\n\n\n',
  '  \n  ',
  ' // note\n',
  '\n/// doc \n',
  '//\n',
];
const WORDS = [
  'message ',
  'struct A {',
  'community B = dynamic {',
  'const C = 1',
  'a: u8',
  'bits {',
  'mesage D = 9 {',
  'reserved 5',
  'union E',
  'import "./b.ipv8"',
  'hex "00"',
  'request ask(Ask',
  'codec c: u8 via {',
  ' retry 2',
  '#allow(a/b, "c")',
  '#allow(',
  'vector "v" A { a: [',
  'malformed "m" A hex"',
  '1.5',
  '[::1]:80',
  'b: X {',
  ' overrides ',
  'é',
  '\u00A0',
];
const PIECE = fc.constantFrom(...MARKS, ...SPACES, ...WORDS);

const MUTATED = fc
  .tuple(
    fc.constantFrom(...SCHEMAS, MIXED, MIXED),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), PIECE), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((result, [where, removed, piece]) => {
      const at = Math.floor(where * result.length);
      return result.slice(0, at) + piece + result.slice(at + (removed > 3 ? removed - 3 : 0));
    }, text),
  );

const GARBAGE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(PIECE, { maxLength: 30 }).map((pieces) => pieces.join('')),
);

const ANY_TEXT = fc.oneof({ weight: 3, arbitrary: MUTATED }, GARBAGE);

const withoutSpace = (text: string): string => text.replace(/[ \t\r\n]/g, '');

function commentsOf(text: string): readonly string[] {
  const { docs, comments } = lex(text);
  return [...docs, ...comments]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ image }) => image.replace(/[ \t]+$/, ''));
}

/** The model and the faults, without places. */
async function meaning(text: string): Promise<string> {
  const { model, diagnostics } = await programOf({ 'a.ipv8': text });
  const shown = JSON.stringify(model, (key, value: unknown) => {
    if (key === 'line') return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
  return shown + diagnostics.map(({ code }) => code).join(' ');
}

test('only white space changes, in any text', () => {
  fc.assert(
    fc.property(ANY_TEXT, (text) => {
      const result = formatted(text);
      expect(withoutSpace(result)).toBe(withoutSpace(text));
      expect(commentsOf(result)).toEqual(commentsOf(text));
    }),
    runs(60),
  );
});

test('a formatted text stays as it is', () => {
  fc.assert(
    fc.property(ANY_TEXT, (text) => {
      const result = formatted(text);
      expect(formatted(result)).toBe(result);
    }),
    runs(60),
  );
});

test('the model and the faults stay the same', async () => {
  await fc.assert(
    fc.asyncProperty(ANY_TEXT, async (text) => {
      expect(await meaning(formatted(text))).toBe(await meaning(text));
    }),
    runs(25),
  );
});

test('spaces and line ends of any kind lead to the same form', () => {
  const spaces = fc.array(fc.constantFrom(' ', '  ', '\t', ' \t '), { minLength: 1 });
  const lineEnds = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(
      fc.constantFrom(...SCHEMAS, formatted(MIXED)),
      spaces,
      lineEnds,
      (text, some, end) => {
        let count = 0;
        const lines = text.split('\n').map((line) =>
          // Spaces would tear an address.
          /\/\/|"|\]:\d|\.\d+:\d/.test(line)
            ? line
            : line.replace(/ +|(?<=[:=,<>{}[\]])|$/g, () => some[count++ % some.length] ?? ' '),
        );
        expect(formatted(lines.join(end))).toBe(text);
      },
    ),
    runs(25),
  );
});

test('the schemas of the tests above are in canonical form', () => {
  expect(SCHEMAS.map(formatted)).toEqual(SCHEMAS);
});
