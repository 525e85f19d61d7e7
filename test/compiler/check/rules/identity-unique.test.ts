import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'identity/duplicate';

test('identity unique', async () => {
  await expectProblems(
    `community A = sha1("a") {}
community B = ‹hex"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"› {}`,
    code,
  );
  await expectProblems(
    `community A = sha1("a") {}
community B version 3 = sha1("a") {}`,
    code,
  );
});
