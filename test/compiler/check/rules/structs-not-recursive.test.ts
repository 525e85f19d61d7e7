import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/recursive-struct';

test('structs not recursive', async () => {
  await expectProblems(`struct A { a: ‹A› }`, code);
  await expectProblems(
    `struct A { b: list<‹B›, u8> }
struct B { a: inline A }`,
    code,
  );
});
