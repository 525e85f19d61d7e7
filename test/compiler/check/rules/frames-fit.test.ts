import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'layout/frame-too-small';

test('frames fit', async () => {
  const full = 'struct Full { a: bytes[65535] }\n';
  await expectProblems(`${full}struct Outer { a: Full }`);
  const over = 'struct Over { a: bytes[65535], b: u8 }\n';
  await expectProblems(`${over}struct Outer { a: ‹Over›, b: list<‹Over›, u8> }`, code);
  await expectProblems(`${over}struct Outer { a: inline Over }`);
  await expectProblems(`${over}union Either: u8 { 0: Over }\nstruct Outer { a: ‹Either› }`, code);
});
