import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'id/introduction';

test('message ids not reserved', async () => {
  await expectProblems(
    community(`signed message A = 230 {}
signed message B = ‹231› {}`),
    code,
  );
  await expectProblems(
    `abstract community I { signed message A = 246 {} }
community Q extends I = dynamic { signed message B = 231 {} }`,
    code,
  );
});
