import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/constant-value';

test('constants fit', async () => {
  await expectProblems(message(`const a: u8 = ‹256›, const b: u8 = 255`), code);
  await expectProblems(message(`const a: bytes[2] = ‹hex"00"›`), code);
  await expectProblems(message(`const a: bool = ‹1›`), code);
  await expectProblems(message(`const a: u8 1..5 = ‹6›`), code);
  await expectProblems(`const A = ‹"text"›`, code);
});
