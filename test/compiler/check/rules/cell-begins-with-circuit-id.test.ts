import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'layout/cell-circuit-id';

test('cell begins with circuit id', async () => {
  await expectProblems(
    community(`unsigned message A = 1 via cell { ‹a›: u8 }
unsigned message B = 2 via cell { circuit_id: u32 }`),
    code,
  );
});
