import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'import/missing-file';

test('imports exist', async () => {
  await expectProblems(
    {
      'a.ipv8': `import ‹"./b.ipv8"›
`,
    },
    code,
  );
});
