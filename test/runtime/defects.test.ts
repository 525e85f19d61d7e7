/** The defects of py-ipv8 that are not repeated: each has its row, and each row a test that is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../runtime/differences.md', import.meta.url), 'utf8');

const rows = [...page.matchAll(/^\| D(\d+) \|(.*)\|$/gm)].map(([, number, cells = '']) => {
  const [theirs = '', ours = '', honest = '', place = ''] = cells
    .split(' | ')
    .map((cell) => cell.trim());
  return { number: Number(number), theirs, ours, honest, place };
});

/** Overlays that are not built yet. */
const LATER = 'has no DHT yet';

test('there is one row for each', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 19 }, (_, at) => at + 1));
});

test('what belongs to overlays that are not built says so, and nothing else does', () => {
  expect(rows.filter(({ ours }) => ours === LATER).map(({ number }) => number)).toEqual([4, 8, 12]);
  expect(existsSync(new URL('../../runtime/communities/dht', import.meta.url))).toBe(false);
});

test.each(rows.filter(({ ours }) => ours !== LATER))(
  'D$number: says what an honest peer sees, and names a test that is there',
  ({ honest, place }) => {
    expect(honest).not.toBe('');
    const [, path = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(place) ?? [];
    expect(path).not.toBe('');
    const tests = readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(tests).toMatch(new RegExp(`test(\\.\\w+\\([^]*?\\))?\\(\\s*['"\`]${escape(title)}`));
  },
);

test('every other difference that a defect names has its own row', () => {
  const named = rows.flatMap(({ theirs }) =>
    [...theirs.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(5);
  const differences = [...page.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
  expect(named.filter((name) => name !== 'high' && !differences.includes(name))).toEqual([]);
});

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
