import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { build } from '../../../compiler/ast/build.ts';
import { parse } from '../../../compiler/syntax/parse.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { programOf } from '../check/expect-problems.ts';
import { runs, TEST_EFFORT } from '../../effort.ts';

const SCHEMAS = ['lamport', 'introduction'].map((name) =>
  readFileSync(new URL(`../../../schemas/${name}.ipv8`, import.meta.url), 'utf8'),
);
const LENGTH = 50_000 * TEST_EFFORT;

async function compile(text: string): Promise<string> {
  const { diagnostics } = await programOf({ 'hostile.ipv8': text });
  return renderDiagnostics(diagnostics, { color: false, width: 100 });
}

const LARGE: readonly (readonly [name: string, text: string])[] = [
  ['brackets', '{'.repeat(LENGTH)],
  ['angles', `struct A { a: ${'list<'.repeat(LENGTH / 5)}`],
  ['closing brackets', '}'.repeat(LENGTH)],
  ['words', 'a '.repeat(LENGTH / 2)],
  ['misspelt words', 'mesage '.repeat(LENGTH / 7)],
  ['quotes', '"'.repeat(LENGTH)],
  ['one unterminated text', `"${'a'.repeat(LENGTH)}`],
  ['backslashes', `"${'\\'.repeat(LENGTH)}`],
  ['NUL', '\0'.repeat(LENGTH)],
  ['half characters', '\ud800'.repeat(LENGTH)],
  ['digits', `const A = ${'9'.repeat(LENGTH)}`],
  ['comments', '/// \n'.repeat(LENGTH / 5)],
  ['colons', `struct A { ${'a: '.repeat(LENGTH / 4)}`],
  ['commas', `struct A { ${','.repeat(LENGTH)}`],
  ['line ends', '\r'.repeat(LENGTH)],
  ['heads', 'struct A { a: u8 '.repeat(LENGTH / 20)],
  ['fields of unknown types', `struct A { ${'a: b,'.repeat(LENGTH / 10)} }`],
  ['lists', `vector "v" A { a: ${'['.repeat(LENGTH)}`],
  ['objects', `vector "v" A ${'{ a: '.repeat(LENGTH / 5)}`],
  ['variants', `vector "v" A { a: ${'B { a: '.repeat(LENGTH / 7)}`],
  ['allows', '#allow('.repeat(LENGTH / 7)],
  ['requests', `community C = dynamic { ${'request a('.repeat(LENGTH / 10)}`],
  ['colons of addresses', `vector "v" A { a: [${':'.repeat(LENGTH)}`],
  ['communities in communities', '  community A {'.repeat(LENGTH / 40)],
];

/** Large without a fault. */
const HARMLESS = new Set(['comments', 'line ends']);

// What is slow on a busy machine is no failure; the limits are for what never ends.
test.each(LARGE)(
  '50,000 characters of %s is reported, not fatal',
  async (name, text) => {
    const report = await compile(text);
    if (HARMLESS.has(name)) expect(report).toBe('');
    else expect(report).toContain('hostile.ipv8:1:');
  },
  120_000,
);

test('a chain of structs, of communities and of constants does not exhaust the stack', async () => {
  const count = 10_000 * TEST_EFFORT;
  const structs = Array.from(
    { length: count },
    (_, at) => `struct S${at} { a: inline S${at + 1} }`,
  );
  const { diagnostics } = await programOf({ 'a.ipv8': structs.join('\n') });
  expect(diagnostics.map(({ code }) => code)).toContain('layout/struct-too-deep');
  const communities = Array.from(
    { length: 5_000 },
    (_, at) => `community C${at} extends C${at + 1} {}`,
  );
  await compile(communities.join('\n'));
}, 120_000);

test('structs that hold each other twice are looked at once each', async () => {
  const structs = Array.from({ length: 31 }, (_, at) => {
    const inner = at === 30 ? 'u8' : `inline S${at + 1}`;
    return `/// Doc.\nstruct S${at} { a: ${inner}, b: ${inner} }\n`;
  });
  const list = '/// Doc.\nstruct Many { all: list<inline S0, u8> }\n';
  const { diagnostics } = await programOf({ 'a.ipv8': `${structs.join('')}${list}` });
  expect(diagnostics).toEqual([]);
});

test('many unknown names among many known ones are reported in time', async () => {
  const structs = Array.from(
    { length: 2_000 * TEST_EFFORT },
    (_, at) => `struct S${at} { a: U${at} }`,
  );
  expect(await compile(structs.join('\n'))).toContain('name/unknown');
}, 120_000);

test('a byte order mark, CRLF and lone CR change nothing', async () => {
  for (const schema of SCHEMAS) {
    const windows = `\uFEFF${schema.replaceAll('\n', '\r\n')}`;
    const old = schema.replaceAll('\n', '\r');
    const { model } = await programOf({ 'a.ipv8': schema });
    for (const text of [windows, old]) {
      const program = await programOf({ 'a.ipv8': text });
      expect(program.diagnostics).toEqual([]);
      expect(program.model).toEqual(model);
    }
  }
});

const PIECES = [
  'community',
  'struct',
  'enum',
  'message',
  'signed',
  'unsigned',
  'timed',
  'reserved',
  'const',
  'import',
  'abstract',
  'extends',
  'version',
  'via',
  'cell',
  'inline',
  'bits',
  'list',
  'bytes',
  'u8',
  'rest',
  'send',
  'a',
  'B',
  '1',
  '0xff',
  '-1',
  '"text"',
  '"',
  '{',
  '}',
  '<',
  '>',
  '[',
  ']',
  '(',
  ')',
  ':',
  '=',
  ',',
  '..',
  '\n',
  '\r\n',
  '// c\n',
  '/// d\n',
  '#',
  '\0',
  '\ud800',
  'hex',
  'sha1',
  'request',
  'vector',
  'codec',
  'overrides',
  'by',
  '#allow',
  'a/b',
  '1.5',
  '1.2.3.4:5',
  '[::1]:5',
  '_',
  '\t',
];
const soup = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', ' ')), { maxLength: 60 })
  .map((pieces) => pieces.map(([piece, space]) => piece + space).join(''));
const mutated = fc
  .tuple(
    fc.constantFrom(...SCHEMAS),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), soup), { maxLength: 6 }),
  )
  .map(([schema, edits]) =>
    edits.reduce((text, [at, removed, added]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + added.slice(0, 12) + text.slice(start + removed);
    }, schema),
  );

test('no text makes the grammar or the compiler fail', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), soup, mutated);
  const run = fc.asyncProperty(text, async (schema) => {
    const parsed = parse(createSource('a.ipv8', schema));
    expect(parsed.diagnostics).toEqual([]);
    build(parsed);
    await compile(schema);
  });
  await fc.assert(run, runs(100));
}, 120_000);
