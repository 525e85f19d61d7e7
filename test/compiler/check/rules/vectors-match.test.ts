import { expect, test } from 'vitest';
import { createProgramCache } from '../../../../compiler/program/program.ts';
import { expectProblems, memoryHost, programOf } from '../expect-problems.ts';

const SCHEMA = `struct Inner { a: u8, b: bytes<u8> }
community C = dynamic {
  signed message M = 1 {
    const tag: u8 = 0x59
    inner: Inner
    list: list<u16, u8, ..3 send ..2>
  }
}
`;

const VALUE = '{ inner: { a: 1, b: hex"ff" }, list: [2, 3] }';

test('a vector whose value encodes to its bytes is fine', async () => {
  await expectProblems(`${SCHEMA}vector "v" M ${VALUE} = hex"5900030101ff0200020003"`);
  await expectProblems(`${SCHEMA}vector "v" Inner { a: 0, b: hex"" } = hex"0000"`);
});

test.each([
  ['5900030101fe0200020003', 'differ at offset 5, in `inner.b`: fe for ff'],
  ['5900030101ff0200020004', 'differ at offset 10, in `list[1]`: 04 for 03'],
  ['5800030101ff0200020003', 'differ at offset 0, in `tag`: 58 for 59'],
  ['5900030101ff', 'end at offset 6, where in `list` more follows'],
  ['', 'end at offset 0, where in `tag` more follows'],
  ['5900030101ff0200020003aabb', 'go on at offset 11, where the value ends'],
])('%s: %s', async (hex, label) => {
  const schema = `${SCHEMA}vector "v" M ${VALUE} = ‹hex"${hex}"›`;
  const { diagnostics } = await expectProblems(schema, 'vector/mismatch');
  const found = diagnostics.find(({ code }) => code === 'vector/mismatch');
  expect(found?.primary.text).toBe(label);
});

test('both byte strings are shown around the difference', async () => {
  const [long, other] = ['00'.repeat(40), `${'00'.repeat(29)}01${'00'.repeat(10)}`];
  const { diagnostics } = await programOf({
    'a.ipv8': `struct L { a: bytes[40] }\nvector "v" L { a: hex"${long}" } = hex"${other}"`,
  });
  const found = diagnostics.find(({ code }) => code === 'vector/mismatch');
  expect(found?.notes).toEqual([
    `the value is   … ${Array<string>(19).fill('00').join(' ')}`,
    `the bytes are  … ${[...Array<string>(8).fill('00'), '01', ...Array<string>(10).fill('00')].join(' ')}`,
  ]);
});

test('what may not be sent has no bytes', async () => {
  const value = '‹{ inner: { a: 1, b: hex"" }, list: [1, 2, 3] }›';
  const { diagnostics } = await expectProblems(
    `${SCHEMA}vector "v" M ${value} = hex"59"`,
    'vector/mismatch',
  );
  const found = diagnostics.find(({ code }) => code === 'vector/mismatch');
  expect(found?.primary.text).toBe('`list`: length 3 is outside 0..2');
});

test('nothing is said of vectors while there are errors', async () => {
  await expectProblems(
    'struct S { a: u8 }\nstruct T { b: ‹Nowhere› }\nvector "v" S { a: 1 } = hex"02"',
    'name/unknown',
  );
});

test('vectors of a schema that nothing touched are not forgotten', async () => {
  const cache = createProgramCache();
  const files = {
    'a.ipv8': 'struct A { a: u8 }\nvector "v" A { a: 1 } = hex"02"',
    'b.ipv8': 'struct B { a: u8 }\nvector "v" B { a: 1 } = hex"01"',
  };
  const codes = async (given: Readonly<Record<string, string>>) =>
    (await cache.load(memoryHost(given), Object.keys(given))).diagnostics
      .filter(({ code }) => code.startsWith('vector/'))
      .map(({ primary }) => primary.span.source.path);
  expect(await codes(files)).toEqual(['a.ipv8']);
  const changed = { ...files, 'b.ipv8': `${files['b.ipv8']} junk` };
  expect(await codes(changed)).toEqual([]);
  expect(
    await codes({ ...files, 'b.ipv8': files['b.ipv8'].replace('hex"01"', 'hex"03"') }),
  ).toEqual(['a.ipv8', 'b.ipv8']);
  expect(await codes({ ...files, 'a.ipv8': files['a.ipv8'].replace('u8', 'u16') })).toEqual([
    'a.ipv8',
  ]);
});

test('the bytes of the value are suggested', async () => {
  const text = `struct A { a: u16 }\nvector "v" A { a: 1 } = hex"0002"`;
  const { diagnostics } = await programOf({ 'a.ipv8': text });
  const found = diagnostics.find(({ code }) => code === 'vector/mismatch');
  expect(found?.suggestions).toMatchObject([
    { applicability: 'maybe-incorrect', edits: [{ replacement: 'hex"0001"' }] },
  ]);
});
