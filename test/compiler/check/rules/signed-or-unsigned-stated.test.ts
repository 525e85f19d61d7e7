import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'auth/missing';

test('signed or unsigned stated', async () => {
  await expectProblems(community(`message ‹A› = 1 {}`), code);
  await expectProblems(
    community(`timed message ‹A› = 1 {}
unsigned message B = 2 {}`),
    code,
  );
});
