import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'identity/not-20-bytes';

test('identity valid', async () => {
  await expectProblems(`community A = hex‹"00ff"› {}`, code);
});
