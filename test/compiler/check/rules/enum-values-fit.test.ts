import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/enum-value-too-large';

test('enum values fit', async () => {
  await expectProblems(`enum E: u8 { a = ‹256›, b = 255 }`, code);
  await expectProblems(`enum E { a = ‹-1› }`, code);
});
