import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/bits-not-8';

test('bits exactly 8', async () => {
  await expectProblems(message(`a: ‹bits› { a, _[6] }, b: bits { c[8] }`), code);
  await expectProblems(message(`a: ‹bits› { a[8], b }`), code);
});
