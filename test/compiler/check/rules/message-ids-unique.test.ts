import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'id/taken';

test('message ids unique', async () => {
  await expectProblems(
    community(`signed message A = 1 {}
signed message B = ‹1› {}`),
    code,
  );
  await expectProblems(
    `abstract community P { signed message A = 1 {} }
community Q extends P = dynamic { signed message B = ‹0x01› {} }`,
    code,
  );
});
