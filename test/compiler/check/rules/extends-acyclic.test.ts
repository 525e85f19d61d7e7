import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'identity/extends-cycle';

test('extends acyclic', async () => {
  await expectProblems(`community A extends ‹A› = dynamic {}`, code);
});
