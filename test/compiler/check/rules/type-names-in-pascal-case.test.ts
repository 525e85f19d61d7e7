import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'style/type-name';

test('type names in pascal case', async () => {
  await expectProblems(
    `struct ‹lower› { a: u8 }
struct Upper { a: u8 }`,
    code,
  );
});
