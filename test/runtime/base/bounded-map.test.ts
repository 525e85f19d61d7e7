import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedMap, type FullRule } from '../../../runtime/base/bounded-map.ts';

function filled(onFull: FullRule, evicted: string[] = []): BoundedMap<string, number> {
  const map = new BoundedMap<string, number>({
    countMax: 3,
    onFull,
    onEvict: (value, key) => evicted.push(`${key}=${value}`),
  });
  for (const [at, key] of ['a', 'b', 'c'].entries()) map.set(key, at);
  return map;
}

test('drop-oldest lets the entry go that was added first, however often it was asked for', () => {
  const evicted: string[] = [];
  const map = filled('drop-oldest', evicted);
  map.get('a');
  map.set('a', 10);
  expect(map.set('d', 3)).toBe(true);
  expect([...map.keys()]).toEqual(['b', 'c', 'd']);
  expect(evicted).toEqual(['a=10']);
});

test('drop-least-recently-used keeps what was asked for or set; peek and has are no use', () => {
  const map = filled('drop-least-recently-used');
  map.get('a');
  map.peek('b');
  map.has('b');
  map.set('d', 3);
  expect([...map.keys()]).toEqual(['c', 'a', 'd']);
  map.set('c', 20);
  map.set('e', 4);
  expect([...map.entries()]).toEqual([
    ['d', 3],
    ['c', 20],
    ['e', 4],
  ]);
});

test('refuse keeps what is there, and still takes new values for known keys', () => {
  const evicted: string[] = [];
  const map = filled('refuse', evicted);
  expect(map.set('d', 3)).toBe(false);
  expect(map.set('a', 9)).toBe(true);
  expect([...map]).toEqual([
    ['a', 9],
    ['b', 1],
    ['c', 2],
  ]);
  expect(map.delete('b')).toBe(true);
  expect(map.set('d', 3)).toBe(true);
  expect(evicted).toEqual([]);
});

test('deleting, replacing and clearing are not evictions', () => {
  const evicted: string[] = [];
  const map = filled('drop-oldest', evicted);
  map.delete('a');
  map.set('b', 5);
  map.clear();
  expect(map.size).toBe(0);
  expect(evicted).toEqual([]);
});

test('a value of undefined is an entry', () => {
  const map = new BoundedMap<string, undefined>({ countMax: 1, onFull: 'drop-oldest' });
  map.set('a', undefined);
  expect(map.has('a')).toBe(true);
  expect(map.size).toBe(1);
});

test('a capacity that is no count is a mistake', () => {
  for (const countMax of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => new BoundedMap({ countMax, onFull: 'refuse' })).toThrow('broken assumption');
  }
});

test('whatever is set, no map outgrows its capacity, and what was set last is there', () => {
  const rules = fc.constantFrom<FullRule>('drop-oldest', 'drop-least-recently-used', 'refuse');
  const keys = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 });
  fc.assert(
    fc.property(rules, fc.integer({ min: 1, max: 20 }), keys, (onFull, countMax, given) => {
      let evictions = 0;
      let deletions = 0;
      const map = new BoundedMap<number, number>({
        countMax,
        onFull,
        onEvict: () => {
          evictions += 1;
        },
      });
      let added = 0;
      for (const [at, key] of given.entries()) {
        const isNew = !map.has(key);
        const isSet = map.set(key, at);
        if (isNew && isSet) added += 1;
        if (isSet) expect(map.peek(key)).toBe(at);
        else expect(onFull).toBe('refuse');
        if (at % 7 === 0 && map.delete(key)) deletions += 1;
        expect(map.size).toBeLessThanOrEqual(countMax);
      }
      expect(map.size).toBe(added - evictions - deletions);
    }),
  );
});

test('a flood of ten times the capacity leaves the capacity', () => {
  const map = new BoundedMap<number, number>({ countMax: 500, onFull: 'drop-least-recently-used' });
  for (let key = 0; key < 5_000; key++) map.set(key, key);
  expect(map.size).toBe(500);
  expect(map.has(4_999)).toBe(true);
  expect(map.has(4_499)).toBe(false);
});
