import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/rest-not-last';

test('rest last', async () => {
  await expectProblems(
    message(`a: ‹rest›
b: u8`),
    code,
  );
  await expectProblems(message(`a: ‹list<u8, rest>›, b: u8`), code);
  await expectProblems(
    `struct T { a: rest }
struct S { t: ‹inline T›, u: u8 }
struct V { t: T, u: u8 }`,
    code,
  );
});
