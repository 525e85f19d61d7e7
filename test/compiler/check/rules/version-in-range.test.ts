import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'identity/version';

test('version in range', async () => {
  await expectProblems(`community A version ‹256› = dynamic {}`, code);
});
