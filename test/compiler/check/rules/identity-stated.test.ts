import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'identity/missing';

test('identity stated', async () => {
  await expectProblems(`community ‹A› {}`, code);
  await expectProblems(
    `abstract community P {}
community ‹A› extends P {}`,
    code,
  );
  await expectProblems(
    `community P = dynamic {}
community A extends P {}`,
    code,
  );
});
