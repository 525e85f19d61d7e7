/** The page about strategies shows code that runs, and no other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PAGE = new URL('../../../runtime/strategies.md', import.meta.url);
const CODE = new URL('strategies-guide.test.ts', import.meta.url);

test('the blocks of runtime/strategies.md, one after the other, are the test beside this one', () => {
  const page = readFileSync(PAGE, 'utf8');
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(3);
  // A project has its generated code beside its tests.
  const shown = blocks.join('\n').replace("'./generated/", "'../../../generated/");
  expect(shown).toBe(readFileSync(CODE, 'utf8'));
});
