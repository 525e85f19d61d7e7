import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'id/out-of-range';

test('message ids in range', async () => {
  await expectProblems(community(`signed message A = ‹256› {}`), code);
  await expectProblems(community(`signed message A = ‹-1› {}`), code);
});
