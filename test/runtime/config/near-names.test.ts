import { expect, test } from 'vitest';
import { nearName, unknownName } from '../../../runtime/config/near-names.ts';

test.each([
  ['randomwalk', 'RandomWalk'],
  ['Random_Walk', 'RandomWalk'],
  ['RandmWlk', 'RandomWalk'],
  ['EdgeWalk', undefined],
  ['', undefined],
])('%s is near %s', (name, near) => {
  expect(nearName(name, ['RandomWalk'])).toBe(near);
});

test('a name as long as a book is answered at once', () => {
  expect(nearName('x'.repeat(1_000_000), ['RandomWalk'])).toBeUndefined();
});

test('without known names the sentence says so', () => {
  expect(unknownName('key', 'mine', [])).toBe('there is no key "mine". Known: there are none.');
});
