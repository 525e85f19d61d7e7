import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/size-out-of-range';

test('sizes valid', async () => {
  await expectProblems(message(`a: bytes[‹0›]`), code);
  await expectProblems(message(`a: bytes[‹65536›], b: bytes[65535]`), code);
});
