import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'style/field-name';

test('field names in snake case', async () => {
  await expectProblems(message(`‹camelCase›: u8, snake_case_2: u8`), code);
});
