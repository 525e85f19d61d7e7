import { expect, test } from 'vitest';
import { expectProblems, programOf } from '../expect-problems.ts';

const TYPES = `const EIGHT = 8
enum Color: u8 { red = 1, green = 2 }
flags Marks: u16 { first = 1, last = 0x8000 }
struct Point { x: u8, y: i16 -5..5 }
struct Name { name: string<u8, ..4> }
union Shape: u8 { 0: Point, 1: Name }
codec json: string<u16> via { ts: "a#b" }
struct One { const tag: u8 = 1, VALUE }
`;

/** The value of one field of that type, which must fit. */
async function valueOf(type: string, literal: string) {
  const { diagnostics, model } = await programOf({
    'test.ipv8': `${TYPES.replace('VALUE', `value: ${type}`)}vector "v" One { value: ${literal} } = hex"00"`,
  });
  // Its bytes are those of no value.
  const codes = diagnostics.map(({ code }) => code).filter((code) => !code.startsWith('style/'));
  expect(codes).toEqual(['vector/mismatch']);
  const { value } = model.modules[0]?.vectors[0] ?? {};
  return typeof value === 'object' && value.kind === 'object' ? value.entries['value'] : undefined;
}

/** A literal with `‹…›` around what does not fit. */
async function refused(type: string, literal: string, code = 'vector/value' as const) {
  await expectProblems(
    `${TYPES.replace('VALUE', `value: ${type}`)}vector "v" One { value: ${literal} } = hex"00"`,
    code,
  );
}

const bytes = (hex: string) => ({ kind: 'bytes', hex });
const list = (...items: unknown[]) => ({ kind: 'list', items });
const object = (entries: object, variant?: string) => ({ kind: 'object', variant, entries });
const point = object({ x: 1, y: -5 });

test.each([
  ['bool', 'true', true],
  ['u8', 'EIGHT', 8],
  ['i32', '-0x10', -16],
  ['u64', '18446744073709551615', 18446744073709551615n],
  ['f32', '0.1', Math.fround(0.1)],
  ['f64', '-1.5e-3', -0.0015],
  ['f64', '3', 3],
  ['f64', '2e2', 200],
  ['bytes[2]', 'hex"00FF"', bytes('00ff')],
  ['bytes<u8>', 'hex""', bytes('')],
  ['rest', 'hex"01"', bytes('01')],
  ['string<u16>', '"h\\"é"', { kind: 'text', text: 'h"é' }],
  ['json', '"{}"', { kind: 'text', text: '{}' }],
  ['Color', 'green', 2],
  ['Color', '77', 77],
  ['Marks', '[last, first]', list(1, 0x8000)],
  ['Marks', '[4]', list(4)],
  ['Marks', '[]', list()],
  ['ipv4', '127.0.0.1:8090', { kind: 'address', host: '127.0.0.1', port: 8090 }],
  ['ip', '[0::0001]:0', { kind: 'address', host: '::1', port: 0 }],
  ['address', '"example.org:80"', { kind: 'address', host: 'example.org', port: 80 }],
  ['list<u8, u8>', '[1, EIGHT,\n 3]', list(1, 8, 3)],
  [
    'list<ip, u8>',
    '[[::1]:1, 1.2.3.4:5]',
    list({ kind: 'address', host: '::1', port: 1 }, { kind: 'address', host: '1.2.3.4', port: 5 }),
  ],
  ['array<f64>', '[1, 2.5]', list(1, 2.5)],
  ['array<i64>', '[1]', list(1n)],
  ['array<bool>', '[true, false]', list(true, false)],
  ['Point', '{ y: -5, x: 1 }', point],
  ['list<Point, u8>', '[{ x: 1, y: -5 }]', list(point)],
  ['Shape', 'Point { x: 1, y: -5 }', object({ x: 1, y: -5 }, 'Point')],
  [
    'list<inline Shape, u8>',
    '[Name { name: "a" }]',
    list(object({ name: { kind: 'text', text: 'a' } }, 'Name')),
  ],
  [
    'bits { color: Color[2], on, n[3], _[2] }',
    '{ on: true, color: red, n: 7 }',
    object({ on: true, color: 1, n: 7 }),
  ],
])('%s takes %s', async (type, literal, value) => {
  expect(await valueOf(type, literal)).toEqual(value);
});

test.each([
  ['bool', '‹1›'],
  ['u8', '‹256›'],
  ['u8', '‹-1›'],
  ['u8', '‹1.5›'],
  ['u8', '‹"1"›'],
  ['u8', '‹NOPE›'],
  ['u64', '‹18446744073709551616›'],
  ['f32', '‹1e39›'],
  ['f64', '‹1e999›'],
  ['f64', '‹true›'],
  ['bytes[2]', '‹hex"00"›'],
  ['bytes<u8>', '‹hex"0"›'],
  ['bytes<u8>', '‹hex"zz"›'],
  ['bytes<u8, ..1>', '‹hex"0000"›'],
  ['string<u8, ..1>', '‹"é"›'],
  ['string<u8>', '‹hex"00"›'],
  ['Color', '‹gren›'],
  ['Color', '‹256›'],
  ['Marks', '‹first›'],
  ['Marks', '[‹frist›]'],
  ['Marks', '‹[3]›'],
  ['Marks', '‹[first, 1]›'],
  ['Marks', '‹[65536]›'],
  ['ipv4', '‹[::1]:80›'],
  ['ipv4', '‹256.0.0.1:80›'],
  ['ip', '‹127.0.0.1:65536›'],
  ['ip', '‹[1::2::3]:80›'],
  ['ip', '‹"example.org:80"›'],
  ['address', '‹"example.org"›'],
  ['list<u8, u8>', '‹1›'],
  ['list<u8, u8>', '[1, ‹256›]'],
  ['list<u8, u8, 1..2>', '‹[]›'],
  ['list<u8, u8, 1..2>', '‹[1, 2, 3]›'],
  ['array<i64>', '‹[1.5]›'],
  ['Point', '‹1›'],
  ['Point', '‹Point { x: 1, y: 1 }›'],
  ['Point', '{ x: 1, y: ‹6› }'],
  ['Shape', '‹{ x: 1, y: 1 }›'],
  ['Shape', '‹Pint› { x: 1, y: 1 }'],
  ['bits { on, n[3], _[4] }', '{ on: true, n: ‹8› }'],
  ['bits { on, n[3], _[4] }', '‹1›'],
])('%s refuses %s', async (type, literal) => {
  await refused(type, literal);
});

test('every field that is no constant has one value', async () => {
  const vector = (value: string): string =>
    `${TYPES.replace('VALUE', 'value: Point')}vector "v" One ${value} = hex"00"`;
  await expectProblems(vector('{‹}›'), 'vector/missing-field');
  await expectProblems(vector('{ value: { x: 1 ‹}› }'), 'vector/missing-field');
  await expectProblems(vector('{ value: { x: 1, y: 2, ‹z›: 3 } }'), 'vector/unknown-field');
  await expectProblems(vector('{ ‹tag›: 1, value: { x: 1, y: 2 } }'), 'vector/unknown-field');
  await expectProblems(vector('{ value: { x: 1, y: 2, ‹x›: 1 } }'), 'vector/repeated-field');
});

test('a vector is of a struct or of a message', async () => {
  const { model } = await expectProblems(
    'community C = dynamic { signed message M = 1 { a: u8 } }\nmalformed "m" M hex"00FF"',
  );
  expect(model.modules[0]?.vectors).toEqual([
    {
      name: 'm',
      place: { path: 'test.ipv8', line: 2 },
      of: { name: 'M', path: 'test.ipv8' },
      value: undefined,
      hex: '00ff',
    },
  ]);
  await expectProblems(`${TYPES.replace('VALUE', '')}malformed "m" ‹Pint› hex""`, 'name/unknown');
  await expectProblems(
    `${TYPES.replace('VALUE', '')}malformed "m" ‹Color› hex""`,
    'name/wrong-kind',
  );
});

test('a vector may be of what another schema declares, which is a use of it', async () => {
  const { model } = await expectProblems({
    'a.ipv8': 'import "./b.ipv8"\nimport "./c.ipv8"\nvector "m" M { a: TWO } = hex"02"',
    'b.ipv8': 'community C = dynamic { signed message M = 1 { a: u8 } }',
    'c.ipv8': 'const TWO = 2',
  });
  // No code comes of a vector.
  expect(model.modules[0]?.imports).toEqual([]);
  expect(model.modules[0]?.vectors[0]?.of).toEqual({ name: 'M', path: 'b.ipv8' });
  await expectProblems(
    {
      'a.ipv8': 'malformed "m" ‹M› hex""',
      'b.ipv8': 'community C = dynamic { signed message M = 1 { a: u8 } }',
    },
    'name/unknown',
  );
});

test('names are unique for each type, bytes are bytes', async () => {
  const struct = 'struct A { a: u8 }\nstruct B { a: u8 }\n';
  await expectProblems(
    `${struct}malformed "m" A hex""\nmalformed ‹"m"› A hex"00"`,
    'vector/repeated',
  );
  await expectProblems(`${struct}malformed "m" A hex""\nmalformed "m" B hex""`);
  await expectProblems(`${struct}malformed "m" A ‹hex"0"›`, 'vector/bytes');
  await expectProblems(`${struct}vector "m" A { a: 0 } = ‹hex"0g"›`, 'vector/bytes');
});
