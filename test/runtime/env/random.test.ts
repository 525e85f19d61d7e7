import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pick, sample } from '../../../runtime/env/random.ts';
import { createSeededRandom } from '../../../runtime/simulation/seeded-random.ts';

test('a sample has as many different elements as asked for, or all there are', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(40), fc.nat(50), (seed, size, count) => {
      const random = createSeededRandom(seed, 'sample');
      const from = Array.from({ length: size }, (_, at) => at);
      const drawn = sample(random, from, count);
      expect(drawn).toHaveLength(Math.min(size, count));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(from).toEqual(expect.arrayContaining([...drawn]));
    }),
  );
});

test('every element is as likely as the others', () => {
  const random = createSeededRandom(7, 'sample');
  const counts = [0, 0, 0, 0, 0];
  for (let times = 0; times < 10_000; times++) {
    for (const one of sample(random, [0, 1, 2, 3, 4], 2)) counts[one] = (counts[one] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 4_000)).toBeLessThan(200);
});

test('of nothing nothing is picked', () => {
  expect(pick(createSeededRandom(1, 'pick'), [])).toBeUndefined();
});
