/** A broken declaration is one complaint, and its neighbours are all there. */
import { expect, test } from 'vitest';
import { community, programOf } from '../check/expect-problems.ts';

async function compile(schema: string) {
  const { model, diagnostics } = await programOf({ 'a.ipv8': schema });
  const declarations = model.modules[0]?.declarations ?? [];
  return {
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    names: declarations.map(({ name }) => name),
    messages: declarations.flatMap((one) =>
      one.kind === 'community' ? one.messages.map(({ name }) => name) : [],
    ),
  };
}

test('flags beside communities are declared, inside they are misplaced', async () => {
  const flags = 'flags PeerFlag: u16 {\n  relay = 1\n  exit = 2\n}\n';
  expect(await compile(`struct A { flags: PeerFlag }\n${flags}struct B { b: u8 }\n`)).toEqual({
    codes: [],
    names: ['A', 'PeerFlag', 'B'],
    messages: [],
  });
  const inside = await compile(community(`  ${flags}  signed message B = 2 { flags: PeerFlag }`));
  expect(inside.codes).toEqual(['syntax/misplaced']);
  const misspelt = await compile('flag PeerFlag: u8 { a = 1 }\nstruct A { a: PeerFlag }\n');
  expect(misspelt.codes).toEqual(['syntax/unknown-word']);
});

test.each([
  ['0: A, 1: B', []],
  ['\n  0: A\n  TAG: B\n', []],
  ['0: A\n 1\n 2: B', ['syntax/expected']],
  ['0: A\n 1:\n 2: B', ['syntax/expected']],
  ['0: A, 1 = B', ['syntax/unexpected']],
  ['0: A 1: B', ['syntax/unexpected']],
  ['?, 0: A', ['syntax/unexpected']],
  ['0: A', []],
])('a union of { %s }', async (variants, faults) => {
  const union = `union Entry: u8 { ${variants} }\n`;
  const { codes, names } = await compile(
    `const TAG = 1\nstruct A { a: u8 }\n${union}struct B { b: u8 }\n`,
  );
  expect({ codes, names }).toEqual({ codes: faults, names: ['A', 'Entry', 'B'] });
});

test('a union inside a community is misplaced', async () => {
  const inside = await compile(
    community(
      '  struct A { a: u8 }\n  union Entry: u8 { 0: A }\n  signed message B = 2 { e: Entry }',
    ),
  );
  expect(inside.codes).toEqual(['syntax/misplaced', 'syntax/misplaced']);
});

test('a message that overrides stands for itself, misspelt or broken', async () => {
  const faults = async (head: string) => {
    const base = 'abstract community Base { signed message B = 200 {} }\n';
    const { codes, messages } = await compile(
      `${base}community C extends Base = dynamic {
  ${head} { const tag: u8 = 0x59 }
  signed message After = 2 {}
}`,
    );
    expect(messages).toEqual(['B', 'A', 'After']);
    return codes;
  };
  expect(await faults('signed message A overrides B')).toEqual([]);
  expect(await faults('signed message A overrides B via socket')).toEqual([]);
  expect(await faults('signed message A overides B')).toEqual(['syntax/unknown-word']);
  expect(await faults('signed mesage A overrides B')).toEqual(['syntax/unknown-word']);
  expect(await faults('signed message A overrides B overrides B')).toEqual([
    'syntax/repeated-word',
  ]);
});

test('a head may begin with the word of one of its clauses', async () => {
  const inside = await compile(
    community('  via signed message A = 1 {}\n  signed message B = 2 {}'),
  );
  expect(inside).toMatchObject({ codes: ['syntax/unknown-word'], messages: ['A', 'B'] });
  const outside = await compile('version community A = dynamic {}\nstruct S { a: u8 }\n');
  expect(outside).toMatchObject({ codes: ['syntax/unknown-word'], names: ['A', 'S'] });
});

test('of three faults in five messages all messages survive', async () => {
  const { codes, messages } = await compile(
    community(
      [
        '  signed message A = 1 {\n    a u32\n    b: u8\n  }',
        '  signed mesage B = 2 {\n    a: u8\n  }',
        '  signed message C = 3 {\n    a: u8',
        '  signed message D = 4 {\n    a: u8\n  }',
        '  signed message E = 5 {}',
      ].join('\n'),
    ),
  );
  expect(codes).toEqual(['syntax/expected', 'syntax/unknown-word', 'syntax/unclosed']);
  expect(messages).toEqual(['A', 'B', 'C', 'D', 'E']);
});

test('a head that is not finished takes neither the message below it nor the `}`', async () => {
  const { codes, messages } = await compile(
    community(
      [
        '  signed message A =',
        '  signed message B = 2 {\n    a: u8\n  }',
        '  unsigned message C =',
        '  reserved 9',
        '  unsigned message D = 4',
      ].join('\n'),
    ),
  );
  expect(codes.filter((code) => code !== 'syntax/expected')).toEqual([]);
  // One without an id is no message yet.
  expect(messages).toEqual(['B', 'D']);
});

test('an unclosed community does not take the declarations behind it', async () => {
  const { codes, names } = await compile(
    'community A = dynamic {\n  signed message M = 1 {}\nstruct S { a: u8 }\nconst C = 1\n',
  );
  expect(codes).toEqual(['syntax/unclosed']);
  expect(names).toEqual(['A', 'S']);
});

test('a broken identity, enum and reservation leave the rest', async () => {
  const { codes, messages, names } = await compile(
    'community A = md5("a") {\n  reserved ..5\n  signed message M = 1 {}\n}\n' +
      'enum E: u8 { a b = 2 }\nstruct S { e: E }\n',
  );
  expect(codes[0]).toBe('identity/unknown-form');
  expect(messages).toEqual(['M']);
  expect(names).toEqual(['A', 'E', 'S']);
});

test('every keyword can be the name of a field, an enum member and a bit', async () => {
  const words = [
    'message',
    'signed',
    'unsigned',
    'timed',
    'struct',
    'enum',
    'community',
    'const',
    'import',
    'abstract',
    'extends',
    'version',
    'reserved',
    'request',
    'vector',
    'union',
    'flags',
    'codec',
    'malformed',
    'allow',
    'by',
    'timeout',
    'retry',
    'overrides',
    'inline',
    'via',
    'send',
    'list',
  ];
  const { codes } = await compile(
    [
      `struct S {\n${words.map((word) => `  ${word}: u8`).join('\n')}\n}`,
      `struct Line { ${words.map((word) => `${word}: u8`).join(', ')} }`,
      `enum E: u8 {\n${words.map((word, at) => `  ${word} = ${at}`).join('\n')}\n}`,
      'struct B { b: bits {',
      'message\nsigned\nstruct\nconst\nreserved\nrequest\nimport\n_',
      '} }',
      'struct After { a: u8 }',
    ].join('\n'),
  );
  expect(codes).toEqual([]);
});

const PAIR = '  signed message A = 1 { id: u32 }\n  signed message B = 2 { id: u32 }\n';

/** The faults of a line between two messages, none of which may be lost. */
async function faultsInside(line: string) {
  const { codes, messages } = await compile(
    community(`${PAIR}  ${line}\n  signed message Z = 3 {}`),
  );
  expect({ line, messages }).toEqual({ line, messages: ['A', 'B', 'Z'] });
  return codes;
}

test.each([
  ['request find(A): B by id timeout 2s retry 1', []],
  ['request find(A): B by id timeout 500 ms', []],
  ['request find(A): B\n      by id\n      retry 1', []],
  ['requst find(A): B by id', ['syntax/unknown-word']],
  ['request find(A): B by id timout 2s', ['syntax/unknown-word']],
  ['request (A): B by id', ['syntax/expected']],
  ['request find: B by id', ['syntax/expected']],
  ['request find A: B by id', ['syntax/expected']],
  ['request find(A: B by id', ['syntax/expected']],
  ['request find(): B by id', ['syntax/expected']],
  ['request find(A) by id', ['syntax/expected']],
  ['request find(A): by id', ['syntax/expected']],
  ['request find(A): B', ['syntax/expected']],
  ['request find(A): B by', ['syntax/unexpected']],
  ['request find(A): B by 5', ['syntax/expected']],
  ['request find(A): B by id timeout 2', ['syntax/expected']],
  ['request find(A): B by id timeout 2m', ['syntax/expected']],
  ['request find(A): B by id timeout 2 constructor', ['syntax/expected']],
  ['request find(A): B by id retry 1s', ['syntax/expected']],
  ['request find(A): B by id by id', ['syntax/repeated-word']],
  ['request find(A): B by id, quickly', ['syntax/unknown-declaration']],
  ['request find(A): B by id quickly', ['syntax/unexpected']],
  ['request', ['syntax/unknown-declaration']],
  ['request find', ['syntax/expected']],
  ['request find(', ['syntax/expected']],
])('%s is one fault at most, and its neighbours stay', async (line, faults) => {
  expect(await faultsInside(line)).toEqual(faults);
});

test('a request behind an unclosed message and beside communities', async () => {
  const unclosed = await compile(
    community(`${PAIR}  signed message C = 3 {\n    a: u8\n  request find(A): B by id`),
  );
  expect(unclosed).toMatchObject({ codes: ['syntax/unclosed'], messages: ['A', 'B', 'C'] });
  const outside = await compile('request find(A): B by id\nstruct S { a: u8 }\n');
  expect(outside).toMatchObject({ codes: ['syntax/misplaced'], names: ['S'] });
});

test.each([
  ['codec json: string<u16> via { ts: "./json.ts#json", py: "app.codecs:json" }', []],
  ['codec json: string<u16> via {\n  ts: "./json.ts#json"\n}', []],
  ['codek json: string<u16> via { ts: "./json.ts#json" }', ['syntax/unknown-word']],
  ['codec json string<u16> via { ts: "./json.ts#json" }', ['syntax/expected']],
  ['codec json: via { ts: "./json.ts#json" }', ['syntax/expected']],
  ['codec json: string<u16 via { ts: "./json.ts#json" }', ['syntax/expected']],
  ['codec json: string<u16> vai { ts: "./json.ts#json" }', ['syntax/expected']],
  ['codec json: string<u16> { ts: "./json.ts#json" }', ['syntax/expected']],
  ['codec json: string<u16> via', ['syntax/expected']],
  ['codec json: string<u16>', ['syntax/expected']],
  ['codec json', ['syntax/expected']],
  ['codec json: string<u16> via { ts: "./json.ts#json"', ['syntax/unclosed']],
  ['codec json: string<u16> via { ts "./json.ts#json" }', ['syntax/unexpected']],
  ['codec json: string<u16> via { ts: }', ['syntax/expected']],
  ['codec json: string<u16> via { ts: ./json }', ['syntax/unexpected']],
  ['codec json: string<u16> via { ts: "./json.ts#json" py: "a:b" }', ['syntax/missing-separator']],
])('%s is one fault at most', async (declaration, faults) => {
  const { codes, names } = await compile(
    `struct A { a: u8 }\n${declaration}\nstruct B { b: u8 }\n`,
  );
  expect(codes).toEqual(faults);
  expect([names[0], names.at(-1)]).toEqual(['A', 'B']);
});

test('a codec inside a community is misplaced, and known all the same', async () => {
  const { codes, messages } = await compile(
    community('  codec json: u8 via { ts: "./a#b" }\n  signed message B = 2 { j: json }'),
  );
  expect({ codes, messages }).toEqual({ codes: ['syntax/misplaced'], messages: ['B'] });
});

test.each([
  ['vector "v" A { a: 0 } = hex"00"', []],
  ['vector "v" A {\n  a: 0\n} = hex"00"', []],
  ['vector "v" A { a: 0 } =\n  hex"00"', []],
  ['malformed "v" A hex"0000"', []],
  ['vektor "v" A { a: 0 } = hex"00"', ['syntax/unknown-word']],
  ['malfomed "v" A hex"0000"', ['syntax/unknown-word']],
  ['vector A { a: 0 } = hex"00"', ['syntax/expected']],
  ['vector "v" { a: 0 } = hex"00"', ['syntax/expected']],
  ['vector "v" A = hex"00"', ['syntax/expected']],
  ['vector "v" A hex"00"', ['syntax/expected']],
  ['vector "v" A { a: 0 } hex"00"', ['syntax/expected']],
  ['vector "v" A { a: 0 } =', ['syntax/expected']],
  ['vector "v" A { a: 0 }', ['syntax/expected']],
  ['vector "v" A { a: 0 } = 5', ['syntax/expected']],
  ['vector "v" A { a: 0 } = "00"', ['syntax/expected']],
  ['vector "v" A { a: 0 } = hex"00" more', ['syntax/unexpected']],
  ['vector "v" A', ['syntax/expected']],
  ['vector "v"', ['syntax/expected']],
  ['vector "v', ['syntax/unterminated-text']],
  ['vector', ['syntax/expected']],
  ['malformed "v" A', ['syntax/expected']],
  ['malformed "v" A { a: 0 } = hex"00"', ['syntax/unexpected']],
  ['malformed "v" A = hex"00"', ['syntax/unexpected']],
  ['vector "v" A { a 0 } = hex"00"', ['syntax/expected']],
  ['vector "v" A { a: } = hex"00"', ['syntax/expected']],
  ['vector "v" A { a } = hex"00"', ['syntax/expected']],
  ['vector "v" A { a: 0 = 1 } = hex"00"', ['syntax/unexpected']],
  ['vector "v" A { ? } = hex"00"', ['syntax/unexpected']],
  ['vector "v" A { a: [1, 2 } = hex"00"', ['syntax/unclosed']],
  ['vector "v" A {\n  a: [1, 2\n  b: 3\n} = hex"00"', ['syntax/unclosed']],
  ['vector "v" A { a: [1 2] } = hex"00"', ['syntax/missing-separator']],
  ['vector "v" A { a: [1, =] } = hex"00"', ['syntax/unexpected']],
  ['vector "v" A { a: 127.0.0.1 } = hex"00"', ['syntax/expected']],
  ['vector "v" A { a: [::1] } = hex"00"', ['syntax/expected']],
  ['vector "v" A { a: 0', ['syntax/unclosed']],
  [`vector "v" A { a: ${'['.repeat(100)}1${']'.repeat(100)} } = hex"00"`, ['syntax/too-deep']],
  [
    `vector "v" A { a: ${'B { a: '.repeat(100)}1${' }'.repeat(100)} } = hex"00"`,
    ['syntax/unexpected'],
  ],
])('%s is one fault at most, and its neighbours stay', async (vector, faults) => {
  const { codes, names } = await compile(`struct A { a: u8 }\n${vector}\nstruct B { b: u8 }\n`);
  expect({ codes, names }).toEqual({ codes: faults, names: ['A', 'B'] });
});

test('a vector inside a community is misplaced, and holds all the same', async () => {
  const vector = 'vector "v" A { a: 256 } = hex"00"';
  const { codes, messages } = await compile(
    community(`  signed message A = 1 { a: u8 }\n  ${vector}\n  signed message B = 2 {}`),
  );
  expect(codes).toEqual(['syntax/misplaced', 'vector/value']);
  expect(messages).toEqual(['A', 'B']);
});

test.each([
  ['#allow(style/undocumented, "why")', []],
  ['#allow( style/undocumented ,\n "why"\n)', []],
  ['#alow(style/undocumented, "why")', ['syntax/unknown-declaration']],
  ['#deny(style/undocumented, "why")', ['syntax/unknown-declaration']],
  ['#allow(style/undocumented)', ['allow/no-reason']],
  ['#allow(style/undocumented, "")', ['allow/no-reason']],
  ['#allow(style/undocumented "why")', ['syntax/expected']],
  ['#allow(undocumented, "why")', ['allow/unknown-code']],
  ['#allow(__proto__, "why")', ['allow/unknown-code']],
  ['#allow("why")', ['syntax/expected']],
  ['#allow()', ['syntax/expected']],
  ['#allow(', ['syntax/expected']],
  ['#allow', ['syntax/expected']],
  ['#allow(style/undocumented, "why"', ['syntax/expected']],
  ['#allow(style/undocumented, why)', ['syntax/unexpected']],
  ['#allow(style/undocumented, "why)', ['syntax/unterminated-text']],
])('%s is one fault at most, wherever it stands', async (allow, faults) => {
  const outside = await compile(`struct A { a: u8 }\n${allow}\nstruct B { b: u8 }\n`);
  expect(outside.names).toEqual(['A', 'B']);
  expect(outside.codes).toEqual(faults);
  const inside = await compile(
    community(`  signed message A = 1 {}\n  ${allow}\n  signed message B = 2 { b: u8 }`),
  );
  expect(inside.messages).toEqual(['A', 'B']);
  expect(inside.codes).toEqual(faults);
  const among = await compile(`struct A {\n  a: u8\n  ${allow}\n  b: u8\n}\nstruct B { b: u8 }\n`);
  expect(among.names).toEqual(['A', 'B']);
  expect(among.codes).toHaveLength(faults.length);
});

test('an allow in front of nothing is a fault', async () => {
  const allow = '#allow(style/undocumented, "why")';
  expect(await compile(`struct A { a: u8 }\n${allow}\n`)).toMatchObject({
    codes: ['syntax/expected'],
    names: ['A'],
  });
  expect((await compile(`struct A { a: u8 ${allow} }\n`)).codes).toEqual(['syntax/expected']);
});

test('a community inside another is misplaced, and neither loses its messages', async () => {
  const nested = '  community Inner = dynamic {\n    signed message I = 1 {}\n  }\n';
  const { codes, messages, names } = await compile(
    `${community(`  signed message A = 1 {}\n${nested}  signed message B = 2 {}`)}struct S { a: u8 }\n`,
  );
  expect(codes).toEqual(['syntax/misplaced']);
  expect(names).toEqual(['Test', 'Inner', 'S']);
  expect(messages).toEqual(['A', 'B', 'I']);
  const beside = await compile(
    '  community A = dynamic {\n    signed message M = 1 {}\n  community B = sha1("b") {}\n',
  );
  expect(beside).toMatchObject({ codes: ['syntax/unclosed'], names: ['A', 'B'] });
});

test('a semicolon is one fault, and what follows it is read', async () => {
  const { codes, names } = await compile('struct A { a: u8; b: u8 };\nstruct B {}; struct C {}\n');
  expect(codes).toEqual(['syntax/unexpected', 'syntax/unexpected', 'syntax/unexpected']);
  expect(names).toEqual(['A', 'B', 'C']);
});
