import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'import/unused';

test('imports used', async () => {
  await expectProblems(
    {
      'a.ipv8': `‹import "./b.ipv8"›
`,
      'b.ipv8': `const X = 1`,
    },
    code,
  );
});
