import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/duplicate-enum-value';

test('enum values unique', async () => {
  await expectProblems(`enum E: u8 { a = 1, b = ‹0x1›, c = 2 }`, code);
});
