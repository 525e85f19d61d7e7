import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'layout/bound-exceeds-prefix';

test('bounds fit', async () => {
  await expectProblems(message(`a: bytes<u8, ..‹256›>, b: bytes<u8, ..255>`), code);
  await expectProblems(message(`a: list<u8, u16, ..‹65536›>`), code);
  await expectProblems(message(`a: array<bool, ..‹65536›>`), code);
});
