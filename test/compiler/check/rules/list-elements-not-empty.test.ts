import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/empty-element';

test('list elements not empty', async () => {
  await expectProblems(
    `struct E {}
struct S { a: list<‹inline E›, u32>, b: list<E, u32> }`,
    code,
  );
});
