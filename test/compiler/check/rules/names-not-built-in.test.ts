import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'name/built-in';

test('names not built in', async () => {
  await expectProblems(`struct ‹bytes› { a: u8 }`, code);
});
