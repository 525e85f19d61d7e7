import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'name/duplicate-module';

test('module names unique', async () => {
  await expectProblems({ 'a/x.ipv8': ``, 'b/x.ipv8': `‹›` }, code);
});
