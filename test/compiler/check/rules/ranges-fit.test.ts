import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/range-outside-type';

test('ranges fit', async () => {
  await expectProblems(message(`a: u16 1..‹65536›, b: i8 -128..127`), code);
  await expectProblems(message(`a: u8 ‹-1›..5`), code);
});
