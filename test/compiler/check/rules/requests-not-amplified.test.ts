import { expect, test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'size/amplification';

function asked(request: string, response: string, name: string): string {
  return community(`${request}
${response}
request ${name}(Ask): Answer by id timeout 2s`);
}

test('requests are not amplified', async () => {
  // 167 bytes each without the bytes.
  const ask = 'signed message Ask = 1 { id: u32 }';
  const answer = (most: number) =>
    `signed message Answer = 2 { id: u32, a: bytes<u16, ..${most}> }`;
  await expectProblems(asked(ask, answer(3 * 167 - 167 - 2), 'ask'), code);
  const program = await expectProblems(asked(ask, answer(3 * 167 - 167 - 1), '‹ask›'), code);
  const [found] = program.diagnostics.filter((one) => one.code === code);
  expect(found?.notes[0]).toBe('`Ask` is 167 bytes at least, `Answer` up to 502');
});

test('a response that takes what is left takes all of it', async () => {
  const ask = 'signed message Ask = 1 { id: u32 }';
  const answer = 'signed message Answer = 2 { id: u32, a: rest }';
  await expectProblems(asked(ask, answer, '‹ask›'), code);
});

test('inside a circuit no address can be forged', async () => {
  const ask = 'unsigned message Ask = 1 via cell { circuit_id: u32, id: u32 }';
  const answer = 'unsigned message Answer = 2 via cell { circuit_id: u32, id: u32, a: rest }';
  await expectProblems(asked(ask, answer, 'ask'), code);
  const both = 'unsigned message Ask = 1 via cell, socket { circuit_id: u32, id: u32 }';
  const other = answer.replace('via cell', 'via cell, socket');
  await expectProblems(asked(both, other, '‹ask›'), code);
});

test('messages of an ancestor are found', async () => {
  const parent = community(`signed message Ask = 1 { id: u32 }
signed message Answer = 2 { id: u32, a: bytes<u16, ..1000> }`);
  const child = 'community Child extends Test { request ‹ask›(Ask): Answer by id timeout 2s }';
  await expectProblems(`${parent}${child}`, code);
});
