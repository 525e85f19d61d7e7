import { expect, test } from 'vitest';
import { community, expectProblems, message, programOf } from '../expect-problems.ts';

const code = 'size/unbounded';

test('sizes are bounded', async () => {
  await expectProblems(message('a: ‹bytes<u16>›, b: bytes<u16, ..100>, c: bytes<u8>'), code);
  await expectProblems(message('a: ‹string<u32>›'), code);
  await expectProblems(message('a: ‹array<i64>›, b: array<i64, ..3>'), code);
  await expectProblems(message('a: ‹list<u64, u8>›, b: list<u8, u8>, c: list<u64, u8, ..3>'), code);
});

test('of a list in a list the outer bound is asked for first', async () => {
  await expectProblems(message('a: ‹list<bytes<u16>, u8>›'), code);
  await expectProblems(message('a: list<‹bytes<u16>›, u8, ..3>'), code);
  await expectProblems(message('a: list<bytes<u16, ..9>, u8, ..3>'), code);
});

test('what takes the rest needs no bound', async () => {
  await expectProblems(message('a: address, b: rest'), code);
  await expectProblems(message('a: list<bytes[20], rest>'), code);
  await expectProblems(message('a: list<‹bytes<u16>›, rest>'), code);
});

test('what structs, unions and frames hold is reported where it is declared, once', async () => {
  const inner = 'struct Inner { text: ‹string<u16>› }\nunion Either: u8 { 0: Inner }\n';
  const outer = 'struct Outer { first: Inner, second: list<inline Either, u8, ..2> }\n';
  const two = `unsigned message One = 1 { a: Outer, b: Outer }
unsigned message Two = 2 { a: Outer, b: Inner }`;
  await expectProblems(`${inner}${outer}${community(two)}`, code);
});

test('what no message sends needs no bound', async () => {
  await expectProblems('struct Stored { text: string<u16> }', code);
});

test('the largest bound that fits is told', async () => {
  const { diagnostics } = await programOf({
    'a.ipv8': community('signed message Hello = 1 { number: u32, text: string<u16> }'),
  });
  const [found] = diagnostics.filter((one) => one.code === code);
  const largest = 1452 - 163 - 4 - 2;
  expect(found?.help).toEqual([
    'state the most that a peer may send, as in `string<u16, ..N>`' +
      `; at most ${largest} bytes fit beside the other fields`,
  ]);
});
