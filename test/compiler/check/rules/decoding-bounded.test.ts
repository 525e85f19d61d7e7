import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'size/decode-cost';

const item = 'struct Item { kind: u8 }\n';

function stock(name: string, type: string): string {
  return community(`unsigned message ${name} = 1 { items: ${type} }`);
}

test('decoding is bounded', async () => {
  await expectProblems(`${item}${stock('‹Stock›', 'list<inline Item, rest>')}`, code);
  await expectProblems(`${item}${stock('‹Stock›', 'list<inline Item, rest, ..20000>')}`, code);
  await expectProblems(`${item}${stock('Stock', 'list<inline Item, u16, ..20000>')}`, code);
  await expectProblems(`${item}${stock('Stock', 'list<Item, u8, ..255>')}`, code);
  await expectProblems(stock('‹Stock›', 'list<bytes<u8, ..9>, u16, ..60000>'), code);
  await expectProblems(stock('Stock', 'list<u8, u16, ..60000>'), code);
  await expectProblems(stock('Stock', 'list<bytes[20], rest>'), code);
  await expectProblems(stock('Stock', 'rest'), code);
});

test('lists in lists count as what one datagram holds of them', async () => {
  await expectProblems(stock('‹Stock›', 'list<list<u8, u8, ..9>, u16, ..60000>'), code);
  await expectProblems(stock('Stock', 'list<list<u64, u8, ..100>, u8, ..100>'), code);
});
