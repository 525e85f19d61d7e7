import { expect, test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const SCHEMA = `codec json: string<u16> via { ts: "a#b" }
struct Inner { a: u8 1..9, b: bool }
struct Note { json: json }
struct Around { notes: list<Note, u8> }
community C = dynamic { signed message M = 1 { inner: Inner } }
`;

test('malformed bytes that strict decoding refuses are fine', async () => {
  for (const hex of ['', '0001', '0102', '01', '010100']) {
    await expectProblems(`${SCHEMA}malformed "m" Inner hex"${hex}"`);
  }
  await expectProblems(`${SCHEMA}malformed "m" M hex"0003010100"`);
});

test('malformed bytes that it takes are not', async () => {
  const { diagnostics } = await expectProblems(
    `${SCHEMA}malformed "m" M ‹hex"00020101"›`,
    'vector/accepted',
  );
  const found = diagnostics.find(({ code }) => code === 'vector/accepted');
  expect(found?.primary.text).toBe('4 bytes, each of which fits its field');
  await expectProblems(`${SCHEMA}struct None {}\nmalformed "m" None ‹hex""›`, 'vector/accepted');
});

test('what an author’s codec may refuse is for its own code to tell', async () => {
  await expectProblems(`${SCHEMA}malformed "m" Note hex"00017b"`);
  await expectProblems(`${SCHEMA}malformed "m" Around hex"01000300017b"`);
});
