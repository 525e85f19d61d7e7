import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readExpectedFailures } from './expected-failures.ts';

const DIFFERENCES = readFileSync(new URL('../../runtime/differences.md', import.meta.url), 'utf8');
const known = { cases: ['similarity', 'ping'], differences: DIFFERENCES };

test('a line names a case and its row, by word or by number; other lines are comments', () => {
  const text = '# why\n\nsimilarity own-key\n  ping   D1  \n';
  expect([...readExpectedFailures(text, known)]).toEqual([
    ['similarity', 'own-key'],
    ['ping', 'D1'],
  ]);
});

test.each([
  ['similarity', 'expected-failures.txt:1: write CASE ROW'],
  ['\nsimilarity own-key because', 'expected-failures.txt:2: write CASE ROW'],
  ['walking own-key', 'there is no case walking'],
  ['similarity own-kee', 'runtime/differences.md has no row own-kee'],
  ['similarity py-ipv8', 'has no row py-ipv8'],
  ['similarity row', 'has no row row'],
  ['similarity ---', 'has no row ---'],
  ['ping D1\nping D2', 'expected-failures.txt:2: ping is there twice'],
])('refused: %j', (text, message) => {
  expect(() => readExpectedFailures(text, known)).toThrow(message);
});
