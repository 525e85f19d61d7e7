import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'style/undocumented';

test('declarations documented', async () => {
  await expectProblems(
    `/// Documented.
struct A { a: u8 }
struct ‹B› { a: u8 }`,
    code,
  );
});
