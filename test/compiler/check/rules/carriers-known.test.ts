import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'name/unknown-carrier';

test('carriers known', async () => {
  await expectProblems(community(`signed message A = 1 via socket, ‹sockt› {}`), code);
});
