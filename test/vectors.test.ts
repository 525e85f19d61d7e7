import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCrypto } from '../runtime/crypto/create-crypto.ts';
import { checkFile, checkText } from './vector-runner/check-file.ts';
import { DIFFERENCES } from './vector-runner/differences.ts';

const crypto = await createCrypto();
const used = new Set<string>();
/** File and reason of what was skipped, as the table of the runner's README has them. */
const left: string[] = [];

test.each([
  ['keys.json', 600],
  ['formats.json', 1000],
  ['packets.json', 7000],
  ['payloads.json', 6000],
  ['crypto.json', 300],
  ['identity.json', 60],
])('%s comes out as recorded, or differs by name', (name, casesMin) => {
  const content: unknown = JSON.parse(
    readFileSync(new URL(`vectors/${name}`, import.meta.url), 'utf8'),
  );
  const results = checkFile(name, content, crypto);
  expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(casesMin);
  for (const { status, detail } of results) {
    if (status === 'skipped') left.push(`${name} | ${detail}`);
  }
  for (const { difference } of results) if (difference !== undefined) used.add(difference);
});

test('every difference the check knows occurs', () => {
  expect([...used].sort()).toEqual([...DIFFERENCES].sort());
});

test('what is skipped is what the table says', () => {
  const readme = readFileSync(new URL('vector-runner/README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| (\w+\.json) \| (\d+) \| (.+?) +\|$/gm)];
  const expected = rows.map(([, name, count, reason]) => `${count} × ${name} | ${reason}`);
  const found = [...new Set(left)].map((one) => {
    return `${left.filter((other) => other === one).length} × ${one}`;
  });
  expect(found.sort()).toEqual(expected.sort());
});

test('every difference has its row in the table', () => {
  const table = readFileSync(new URL('../runtime/differences.md', import.meta.url), 'utf8');
  const rows = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(expect.arrayContaining([...DIFFERENCES]));
  expect(new Set(rows).size).toBe(rows.length);
});

test.each(['', '{', '[]', '{}', '{"keys": [{}]}'])('a file of another form fails: %s', (text) => {
  expect(checkText('keys.json', text, crypto)).toMatchObject([
    { id: 'keys.json', status: 'failed' },
  ]);
});
