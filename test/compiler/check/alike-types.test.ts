import { test } from 'vitest';
import { expectProblems, message } from './expect-problems.ts';

test('types that are written alike are all reported, in fields and inside other types', async () => {
  await expectProblems(message(`a: ‹bytes›, b: u8, c: ‹bytes›`), 'layout/malformed-type');
  await expectProblems(
    message(`a: list<bytes<u8, ..‹300›>, u8, ..2>, b: list<bytes<u8, ..‹300›>, u8, ..2>`),
    'layout/bound-exceeds-prefix',
  );
  await expectProblems(message(`a: ‹Nothing›, b: ‹Nothing›`), 'name/unknown');
});
