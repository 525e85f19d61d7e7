import { expect, test } from 'vitest';
import { applyFixes } from '../../../../compiler/diagnostics/apply-fixes.ts';
import { community, expectProblems, programOf } from '../expect-problems.ts';

const code = 'size/exceeds-datagram';

/** Around the fields of a signed message: header, key with its length, signature. */
const SIGNED = 23 + 76 + 64;

function sample(head: string, fields: string): string {
  return community(`${head} { ${fields} }`);
}

test('datagrams are not exceeded', async () => {
  const room = 1452 - SIGNED - 2;
  await expectProblems(sample('signed message Sample = 1', `a: bytes<u16, ..${room}>`));
  await expectProblems(sample('signed message ‹Sample› = 1', `a: bytes<u16, ..${room + 1}>`), code);
  await expectProblems(
    sample('signed timed message ‹Sample› = 1', `a: bytes<u16, ..${room - 7}>`),
    code,
  );
  const alone = 1452 - 23;
  await expectProblems(sample('unsigned message Sample = 1', `a: bytes[${alone}]`), code);
  await expectProblems(sample('unsigned message ‹Sample› = 1', `a: bytes[${alone + 1}]`), code);
});

test('what is sent counts, and what has no end takes what is left', async () => {
  const head = 'signed message Sample = 1';
  await expectProblems(sample(head, 'a: bytes<u16, ..60000 send ..100>'), code);
  await expectProblems(sample(head, 'a: rest'), code);
  await expectProblems(sample(head, 'a: bytes<u16, ..1200>, b: list<bytes[20], rest>'), code);
  await expectProblems(
    sample('signed message ‹Sample› = 1', 'a: bytes<u16, ..1300>, b: rest'),
    code,
  );
});

test('addresses count as those of IPv6', async () => {
  const fits = Math.floor((1452 - 23 - 1) / 19);
  const head = 'message Sample = 1';
  await expectProblems(sample(`unsigned ${head}`, `a: list<ip, u8, ..${fits}>`), code);
  const over = sample('unsigned message ‹Sample› = 1', `a: list<ip, u8, ..${fits + 1}>`);
  await expectProblems(over, code);
});

test('a cell has three hops of encryption around it', async () => {
  const room = 1452 - 29 - 3 * 24 - 1 - 2;
  const fields = (most: number) => `circuit_id: u32, a: bytes<u16, ..${most}>`;
  await expectProblems(sample('unsigned message Sample = 1 via cell', fields(room)), code);
  const over = sample('unsigned message ‹Sample› = 1 via cell', fields(room + 1));
  await expectProblems(over, code);
});

test('the largest field is to blame, wherever its bytes are', async () => {
  const { diagnostics } = await programOf({
    'a.ipv8': `struct Page { number: u8, text: string<u16, ..2000> }
${community('signed message Book = 1 { title: bytes<u8, ..100>, page: Page }')}`,
  });
  const [found] = diagnostics.filter((one) => one.code === code);
  expect(found?.others.map(({ text }) => text)).toEqual(['up to 2005 of them (88 %)']);
  const largest = 1452 - SIGNED - 101 - 5;
  const edits = found?.suggestions.flatMap((one) => one.edits.map((edit) => edit.replacement));
  expect(edits).toEqual([` send ..${largest}`]);
  expect(found?.suggestions.map((one) => one.applicability)).toEqual(['maybe-incorrect']);
});

test.each([
  ['a: list<bytes<u16, ..170>, u8, ..8>', 'a: list<bytes<u16, ..170>, u8, ..8 send ..7>'],
  ['a: bytes<u16, ..1400 send ..1350>', 'a: bytes<u16, ..1400 send ..1287>'],
  ['a: array<i64, 2..200>, b: u8', 'a: array<i64, 2..200 send ..160>, b: u8'],
])('the only field that can give way is mended: %s', async (fields, mended) => {
  const schema = sample('signed message Sample = 1', fields);
  const { diagnostics, sources } = await programOf({ 'a.ipv8': schema });
  const [source] = sources;
  if (source === undefined) throw new Error('no source');
  const { text } = applyFixes(source, diagnostics);
  expect(text).toBe(sample('signed message Sample = 1', mended));
  await expectProblems(text, code);
});

test.each([
  ['two could give way', 'a: bytes<u16, ..1400>, b: bytes<u16, ..1400>'],
  ['decoding would be bounded too', 'a: bytes[800], b: list<u32, u8>'],
  ['no bound is small enough', 'a: bytes<u16, 1400..1500>'],
  ['every size is fixed', 'a: bytes[1400]'],
])('a person decides where %s', async (_, fields) => {
  const schema = sample('signed message Sample = 1', fields);
  const { diagnostics, sources } = await programOf({ 'a.ipv8': schema });
  expect(diagnostics.map((one) => one.code)).toContain(code);
  for (const source of sources) expect(applyFixes(source, diagnostics).fixed).toEqual([]);
});

test('sizes beyond all numbers are reported without a bound', async () => {
  const structs = Array.from({ length: 31 }, (_, at) => {
    const inner = at === 0 ? 'bytes<u16, ..60000>' : `inline S${at - 1}`;
    return `struct S${at} { a: ${inner}, b: ${inner}, c: ${inner}, d: ${inner} }`;
  });
  const schema = `${structs.join('\n')}\n${sample('signed message Sample = 1', 'a: inline S30')}`;
  const { diagnostics } = await programOf({ 'a.ipv8': schema });
  const found = diagnostics.find((one) => one.code === code);
  expect(found?.suggestions).toEqual([]);
});
