import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/malformed-type';

test('types well formed', async () => {
  await expectProblems(message(`a: ‹bytes›`), code);
  await expectProblems(message(`a: ‹list<u8>›`), code);
  await expectProblems(message(`a: bytes<‹u64›>`), code);
  await expectProblems(message(`a: array<‹u8›>`), code);
  await expectProblems(message(`a: ‹u8[2]›`), code);
  await expectProblems(message(`a: ‹inline u8›`), code);
  await expectProblems(message(`a: list<u8, u8, ..8, ‹u8›>`), code);
  await expectProblems(message(`a: ‹bits›`), code);
  await expectProblems(
    `struct S { a: u8 }
${message(`a: ‹S[2]›`)}`,
    code,
  );
});
