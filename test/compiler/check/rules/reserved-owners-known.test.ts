import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'id/unknown-owner';

test('reserved owners known', async () => {
  const child = 'community ChatRoom extends Chat {}';
  const chat = (owner: string): string =>
    `community Chat = dynamic { reserved 7, 9..10 for ${owner} }\n${child}`;
  await expectProblems(chat('‹ChatRom›'), code);
  await expectProblems(chat('ChatRoom'));
  await expectProblems(chat('Elsewhere'));
  // A range for itself is no use, but no slip towards itself either.
  await expectProblems('community Chat = dynamic { reserved 7 for Chas }');
});
