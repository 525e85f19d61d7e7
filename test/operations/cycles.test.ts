import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('nodes that start and stop, with all sorts of things under way, leave nothing', async () => {
  const args = ['--expose-gc', '--import', 'tsx', 'test/operations/cycles.ts'];
  const few = ['--cycles', '40', '--warmup', '20'];
  // It ends with 1 when the heap grew by more than 1 MiB, as one of 40 nodes that were kept would make it.
  const { stdout } = await promisify(execFile)(process.execPath, [...args, ...few]);
  const { resourcesBefore, resourcesAfter, namesAsked } = JSON.parse(stdout) as {
    readonly resourcesBefore: readonly string[];
    readonly resourcesAfter: readonly string[];
    readonly namesAsked: number;
  };
  expect(namesAsked).toBeGreaterThan(0);
  expect(resourcesAfter).toEqual(resourcesBefore);
});
