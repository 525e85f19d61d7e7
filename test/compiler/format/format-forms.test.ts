/** The canonical form of codecs, requests, overrides, vectors and allows. */
import { expect, test } from 'vitest';
import { formatSource } from '../../../compiler/format/format.ts';
import { createSource } from '../../../compiler/source/source.ts';

const LONG = 'a'.repeat(40);

test.each([
  [
    'codec  j :string < u16 >via{ts:"./a#b" ,py:"x:y"}',
    'codec j: string<u16> via { ts: "./a#b", py: "x:y" }\n',
  ],
  [
    'codec j: u8 via {\nts: "./a#b" // one\n// two\npy: "x:y" }',
    'codec j: u8 via {\n  ts: "./a#b" // one\n  // two\n  py: "x:y"\n}\n',
  ],
  [
    'community C=dynamic{\nrequest  a ( B ):C  by  d timeout 2 s retry  1\n}',
    'community C = dynamic {\n\n  request a(B): C by d timeout 2s retry 1\n}\n',
  ],
  [
    'community C extends D{\nsigned  message A  overrides  B{const t:u8=1}\n}',
    'community C extends D {\n\n  signed message A overrides B { const t: u8 = 1 }\n}\n',
  ],
  [
    'vector "a"  B{a:[ 1,2 ,[ [::1]:80 ] ],b:{c:D{ e:-1.5 }}}=hex "00"',
    'vector "a" B { a: [1, 2, [[::1]:80]], b: { c: D { e: -1.5 } } } = hex"00"\n',
  ],
  [
    'vector "a" B {\na: [\n1, 2 // two\n]\nb: 1 } = hex"00"\nmalformed "c"  D  hex"0"',
    'vector "a" B {\n  a: [\n    1,\n    2 // two\n  ]\n  b: 1\n} = hex"00"\n\nmalformed "c" D hex"0"\n',
  ],
  // Too long for a line.
  [
    `vector "a" B { first: "${LONG}", second: "${LONG}" } = hex"00"`,
    `vector "a" B {\n  first: "${LONG}",\n  second: "${LONG}"\n} = hex"00"\n`,
  ],
  [
    'struct A{}\n/// B.\n#allow( a/b ,"c" )\n\n#allow(a/b, "c") // d\nstruct B{\n#allow(a/b,"c") b:u8 }',
    'struct A {}\n\n/// B.\n#allow(a/b, "c")\n#allow(a/b, "c") // d\nstruct B {\n  #allow(a/b, "c")\n  b: u8\n}\n',
  ],
  ['struct B { #allow(a/b,"c")b:u8 }', 'struct B { #allow(a/b, "c") b: u8 }\n'],
])('%j', (text, formatted) => {
  const { text: once } = formatSource(createSource('a.ipv8', text));
  expect(once).toBe(formatted);
  expect(formatSource(createSource('a.ipv8', once)).text).toBe(once);
});
