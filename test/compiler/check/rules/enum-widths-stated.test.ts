import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/enum-without-width';

test('enum widths stated', async () => {
  await expectProblems(
    `enum E { a = 1 }
struct S { e: ‹E›, b: bits { e: E[8] } }`,
    code,
  );
});
