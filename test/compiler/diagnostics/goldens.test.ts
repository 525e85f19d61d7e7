/** Each file of `goldens/` shows a faulty schema and, behind a line, what is said about it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { community, message, programOf } from '../check/expect-problems.ts';

/** Twenty fields of one line. */
function numbered(name: string): string {
  return Array.from({ length: 20 }, (_, at) => `${name}_field_${at}: u8, `).join('');
}

const PAIR = `  signed message Find = 1 { id: u32 }
  signed message Found = 2 { id: u32 }`;

const NODE_INFO = 'struct NodeInfo {\n  address: ip\n}\n\n';

const FAULTY: Readonly<Record<string, string>> = {
  'five-faults': `import "./missing.ipv8"

struct NodeInfo { address: ip }

community Chat = hex"00ff" {
  signed mesage Hello = 1 {
    node: NodeInof
  }
  signed message Bye = 1 {
    reason: u8
    tail rest
  }
}
`,
  'unclosed-message': community('  signed message A = 1 {\n    a: u8\n  signed message B = 2 {}'),
  'unclosed-type': message('  a: list<bytes<u16>, u8\n  b: u8'),
  'struct-name-of-other-letters': `struct Öl { a: u8 }\n${NODE_INFO}`,
  'missing-colon': message('  a u32\n  b: u8'),
  'missing-type': message('  a:\n  b: u8'),
  'missing-separator': message('  a: u8 b: u8'),
  'missing-message-word': community('  signed Hello = 1 {}'),
  'message-without-id': community('  signed message Hello {}'),
  'stray-brace': `${NODE_INFO}}\n`,
  'unterminated-text': 'community A = sha1("text) {\n}\n',
  'unknown-declarations': `service Entry: u8 { find: Str }\n${NODE_INFO}codec json: string<u16>\n`,
  'misplaced-struct': community('  struct Inner { a: u8 }'),
  'message-outside': 'signed message Alone = 1 { a: u8 }\n',
  'value-without-const': message('  a: u8 = 1'),
  'unknown-type': `${NODE_INFO}struct Other { node: NodeInof }\n`,
  'wrong-kind': 'const A = 1\nstruct B { a: A }\n',
  'duplicate-field': message('  a: u8\n  b: u8\n  c: u8\n  a: u16'),
  'duplicate-declaration': 'struct A { a: u8 }\nstruct A { a: u8 }\n',
  'id-taken': community(
    '  signed message A = 1 {}\n  signed message B = 2 {}\n  signed message C = 1 {}',
  ),
  'id-of-introduction': community('  signed message A = 246 {}'),
  'id-reserved': community('  reserved 1..4 for Other\n  signed message A = 3 {}'),
  'neither-signed-nor-unsigned': community('  message A = 1 {}'),
  'identity-missing': 'community A {\n}\n',
  'identity-too-short': 'community A = hex"00ff" {\n}\n',
  'identity-duplicate': 'community A = sha1("a") {}\ncommunity B = sha1("a") {}\n',
  'bits-too-few': message('  flags: bits { a, b }'),
  'rest-not-last': message('  a: rest\n  b: u8'),
  'bound-exceeds-prefix': message('  a: bytes<u8, ..300>'),
  'enum-without-width': 'enum E { a = 1 }\nstruct S { e: E }\n',
  'recursive-structs': 'struct A { b: B }\nstruct B { a: list<A, u8> }\n',
  'empty-element': 'struct E {}\nstruct S { all: list<inline E, u32> }\n',
  'frame-too-small': 'struct A { a: bytes[65535], b: u8 }\nstruct B { a: A }\n',
  'size-exceeds-datagram': community(
    '  signed message Store = 1 {\n    id: u32\n    values: list<bytes<u16, ..170>, u8, ..8>\n  }',
  ),
  'size-exceeds-datagram-in-cell': community(
    '  unsigned message Data = 1 via cell {\n    circuit_id: u32\n    data: bytes<u16, ..1400>\n  }',
  ),
  'size-fixed': message('  a: bytes[1500]'),
  'size-unbounded': community('  signed message Hello = 1 {\n    text: string<u16>\n  }'),
  'size-unbounded-struct':
    'struct Node { key: bytes<u16> }\n' +
    community('  signed message Nodes = 1 { nodes: list<Node, u8, ..8> }'),
  'vector-mismatch':
    'struct Node { address: ip, key: bytes<u16, ..90> }\n' +
    'struct Nodes { all: list<inline Node, u8, ..2> }\n' +
    'vector "two" Nodes { all: [\n  { address: 127.0.0.1:8090, key: hex"0102030405060708090a0b0c0d0e0f" }\n' +
    '  { address: 127.0.0.1:8091, key: hex"00" }\n] }\n' +
    '  = hex"02017f0000011f9a000f0102030405060708090a0b0c0d0e0f027f0000011f9b000100"',
  'vector-not-sent':
    'struct Values { all: list<u8, u8, ..8 send ..2> }\n' +
    'vector "three" Values { all: [1, 2, 3] } = hex"03010203"',
  'vector-accepted':
    'struct Flag { on: bool }\nmalformed "two" Flag hex"02"\nmalformed "one" Flag hex"01"',
  'size-amplification': community(
    '  signed message Ask = 1 { id: u32 }\n  signed message Answer = 2 { id: u32, all: rest }\n' +
      '  request ask(Ask): Answer by id timeout 2s',
  ),
  'size-decode-cost':
    'struct Item { kind: u8 }\n' +
    community('  unsigned message Stock = 1 {\n    items: list<inline Item, rest>\n  }'),
  'odd-characters': 'struct A\t{ a: u8\u0000\u202e }\n',
  'near-miss-words': `requst find(A): B by id
vektor "v" A { a: 0 } = hex"00"
malfomed "m" A hex""
codek c: u8 via { ts: "./c.ts#c" }
#alow(style/undocumented, "why")
struct A { a: u8 }
`,
  'broken-request': community(`${PAIR}
  request find(Find) by id
  request lose(Find): Found
  request ask(Find): Found by id timeout 2 retry 1`),
  'request-of-strangers': community(`${PAIR}
  request find(Fnd): Found by idd timeout 0s retry 11`),
  'broken-codec': 'codec json string<u16> via { ts "./json.ts#json" }\nstruct A { a: json }\n',
  'codec-without-code': 'codec json: string<u16> via { py: "app" }\n',
  'broken-vectors': `struct A { a: u8 }
vector A { a: 0 } = hex"00"
vector "list" A { a: [1, 2 } = hex"00"
vector "bytes" A { a: 0 } = 00
malformed "value" A { a: 0 } = hex"00"
`,
  'values-that-do-not-fit': `enum Color: u8 { red = 1 }
struct A { color: Color, at: ip, port: u16, name: string<u8, ..2> }
vector "all" A { color: rd, at: 127.0.0.1:99999, name: "long", prt: 1 } = hex"0"
`,
  'override-of-nobody': `abstract community Base { signed timed message Ask = 200 {} }
community Chat extends Base = dynamic {
  signed message Own overrides Ask = 200 { a: u8 }
  signed timed message Other overides Aks { const tag: u8 = 1 }
}
`,
  'allows-that-do-not': `#allow(style/undocumnted, "why")
#allow(name/unknown, "later")
#allow(style/undocumented)
#allow(style/field-name, "none")
struct A { a: u8 }
`,
  semicolons: 'struct A { a: u8; b: u8; };\nconst B = 1;\n',
  'nested-community': community(
    '  community Inner = dynamic {\n    signed message A = 1 {}\n  }\n  signed message B = 2 {}',
  ),
  'long-line': `struct A { ${numbered('first')}b: Missing, ${numbered('last')}}\n`,
};

test.each(Object.entries(FAULTY))('%s', async (name, schema) => {
  const { diagnostics } = await programOf({ [`${name}.ipv8`]: schema });
  // Short examples are neither documented nor bounded, unless that is what they are about.
  const isAboutSize = name.startsWith('size-');
  const faults = diagnostics.filter(
    ({ code }) => code !== 'style/undocumented' && (isAboutSize || !code.startsWith('size/')),
  );
  const shown = renderDiagnostics(faults, { color: false, width: 80 });
  const golden = `${schema}\n${'-'.repeat(40)}\n\n${shown}`;
  await expect(golden).toMatchFileSnapshot(`goldens/${name}.txt`);
});

test('a file with five faults shows all five', async () => {
  const { diagnostics } = await programOf({ 'a.ipv8': FAULTY['five-faults'] ?? '' });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code }) => code)).toEqual([
    'import/missing-file',
    'identity/not-20-bytes',
    'syntax/unknown-word',
    'name/unknown',
    'id/taken',
    'syntax/expected',
  ]);
});

test('faults that take other compilers several runs are found in one, and their neighbours live', async () => {
  const schema = readFileSync(new URL('seeded-faults.ipv8', import.meta.url), 'utf8');
  const { diagnostics, model } = await programOf({ 'seeded-faults.ipv8': schema });
  const shown = renderDiagnostics(diagnostics, { color: false, width: 80 });
  await expect(shown).toMatchFileSnapshot('goldens/seeded-faults.txt');
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'name/duplicate-field',
    'name/unknown',
    'syntax/unknown-word',
    'name/unknown',
    'id/taken',
    'syntax/expected',
    'syntax/unclosed',
  ]);
  const finder = model.modules[0]?.declarations.find(({ kind }) => kind === 'community');
  const names = finder?.kind === 'community' ? finder.messages.map(({ name }) => name) : [];
  expect(names).toEqual(['PingRequest', 'Pong', 'Store', 'Whole', 'Open', 'Last']);
});

test('labels of another file are shown under its name', async () => {
  const { diagnostics } = await programOf({
    'a.ipv8': 'struct A { a: u8 }\n',
    'b.ipv8': 'struct A { a: u8 }\n',
  });
  const faults = diagnostics.filter(({ severity }) => severity === 'error');
  expect(renderDiagnostics(faults, { color: false, width: 80 })).toContain('::: a.ipv8:1:8');
});

test('at most a hundred are shown, the rest are counted', async () => {
  const { diagnostics } = await programOf({ 'a.ipv8': 'struct a { b: C }\n'.repeat(80) });
  const shown = renderDiagnostics(diagnostics, { color: false, width: 80 });
  expect(shown.match(/^(?:error|warning)\[/gm)?.length).toBe(100);
  expect(shown).toMatch(/note: \d+ more not shown/);
});

test('no heap of warnings hides an error', async () => {
  const warned = Array.from({ length: 200 }, (_, at) => `struct A${at} { b: u8 }\n`).join('');
  const { diagnostics } = await programOf({ 'a.ipv8': `${warned}struct Last { b: C }\n` });
  const shown = renderDiagnostics(diagnostics, { color: false, width: 80 });
  expect(shown.match(/^error\[/gm)?.length).toBe(1);
  expect(shown).toMatch(/note: \d+ more not shown, 0 of them errors/);
});

test('colour changes nothing but the colour', async () => {
  const { diagnostics } = await programOf({ 'a.ipv8': FAULTY['id-taken'] ?? '' });
  const plain = renderDiagnostics(diagnostics, { color: false, width: 80 });
  const painted = renderDiagnostics(diagnostics, { color: true, width: 80 });
  expect(painted).not.toBe(plain);
  const unpainted = painted.split('\u001b').map((part) => part.replace(/^\[[\d;]*m/, ''));
  expect(unpainted.join('')).toBe(plain);
});
