import { expect, test } from 'vitest';
import { createWorld, startNodes } from '../../../runtime/simulation/index.ts';
import { lamportSession } from '../node/fixtures.ts';

async function run(seed: number) {
  const world = createWorld({ seed });
  const { community } = lamportSession();
  const placed = await startNodes(world, { count: 4, communities: [community], walks: true });
  const counts = () => placed.map(({ node }) => node.overlay('Lamport')?.peers().length);
  const isComplete = () => counts().every((count) => count === 3);
  expect(await world.runUntil(isComplete, { withinMs: 30_000 })).toBe(true);
  return { hash: world.traceHash, placed };
}

test('nodes that walk find each other; the same seed makes the same nodes and the same run', async () => {
  const [first, again, other] = [await run(1), await run(1), await run(2)];
  expect(first.placed.map(({ host }) => host)).toEqual([
    '1.0.0.1',
    '2.0.0.1',
    '3.0.0.1',
    '4.0.0.1',
  ]);
  expect(again.hash).toBe(first.hash);
  expect(other.hash).not.toBe(first.hash);
});

test.each([0, 201, 1.5])('no %d nodes', async (count) => {
  const options = { count, communities: [] };
  await expect(startNodes(createWorld({ seed: 1 }), options)).rejects.toThrow(
    `startNodes: a count of ${count}; give 1 to 200`,
  );
});
