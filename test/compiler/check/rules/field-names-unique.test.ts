import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'name/duplicate-field';

test('field names unique', async () => {
  await expectProblems(
    message(`a: u8
‹a›: u16`),
    code,
  );
});
