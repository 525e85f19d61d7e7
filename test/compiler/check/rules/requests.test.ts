import { expect, test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const MESSAGES = `unsigned message Find = 1 { id: u32, tag: u8 }
unsigned message Found = 2 { id: u32, tag: u16 }
unsigned message Lost = 3 { id: u32, const tag: u8 = 1, name: string<u8> }
`;

const inside = (requests: string): string => `community C = dynamic {\n${MESSAGES}${requests}\n}`;

const FIND = 'request find(Find): Found by id';

test('the model holds requests, with what they leave out', async () => {
  const { model } = await expectProblems(
    `const AGAIN = 3\n${inside(`${FIND}\nrequest lose(Lost): Found by id timeout 500ms retry AGAIN`)}`,
  );
  const [community] = model.modules[0]?.declarations ?? [];
  expect(community).toMatchObject({
    requests: [
      { name: 'find', request: 'Find', response: 'Found', by: 'id', timeoutMs: 10_000, retries: 0 },
      { name: 'lose', request: 'Lost', response: 'Found', timeoutMs: 500, retries: 3 },
    ],
  });
});

test('requests pair messages of the family', async () => {
  const code = 'name/unknown';
  await expectProblems(inside('request find(‹Fnd›): Found by id'), code);
  await expectProblems(inside('request find(Find): ‹Gone› by id'), code);
  await expectProblems(`${inside('')}\ncommunity D extends C { ${FIND} }`);
  await expectProblems(
    `${inside('')}\ncommunity D = sha1("d") { request find(‹Find›): ‹Found› by id }`,
    code,
  );
  await expectProblems(inside(`${FIND} retry ‹MANY›`), code);
});

test('both have the field, an integer of one type', async () => {
  await expectProblems(inside('request find(Find): Found by ‹idd›'), 'request/unknown-field');
  await expectProblems(inside('request find(Lost): Found by ‹name›'), 'request/unknown-field');
  const code = 'request/field-type';
  await expectProblems(inside('request find(Find): Found by ‹tag›'), code);
  await expectProblems(inside('request find(Lost): Find by ‹tag›'), code);
  await expectProblems(
    inside('unsigned message L = 4 { name: string<u8> }\nrequest find(Lost): L by ‹name›'),
    code,
  );
});

test('some number fits both messages', async () => {
  const ask = 'unsigned message Ask = 5 { id: u8 1..4 }';
  const apart = `${ask}\nunsigned message Tell = 6 { id: u8 5..9 }\n`;
  await expectProblems(inside(`${apart}request ask(Ask): Tell by ‹id›`), 'request/field-type');
  const touching = `${ask}\nunsigned message Tell = 6 { id: u8 4..9 }\n`;
  await expectProblems(inside(`${touching}request ask(Ask): Tell by id`));
});

test('a message asks once and answers no other request', async () => {
  const code = 'request/answer-asks';
  await expectProblems(inside('request find(Find): ‹Find› by id'), 'request/same-message');
  await expectProblems(
    inside(`${FIND}\nrequest lose(‹Find›): Lost by id`),
    'request/repeated-message',
  );
  await expectProblems(inside(`${FIND}\nrequest lose(‹Found›): Lost by id`), code);
  await expectProblems(inside(`${FIND}\nrequest lose(Lost): ‹Find› by id`), code);
  await expectProblems(
    `${inside(FIND)}\ncommunity D extends C { request lose(‹Find›): Lost by id }`,
    'request/repeated-message',
  );
});

test('requests have one name each in a family', async () => {
  const code = 'name/duplicate-member';
  await expectProblems(inside(`${FIND}\nrequest ‹find›(Lost): Found by id`), code);
  await expectProblems(
    `${inside(FIND)}\ncommunity D extends C { request ‹find›(Lost): Found by id }`,
    code,
  );
});

test('times and repetitions have limits', async () => {
  for (const time of ['1ms', '3600s', '3600000ms']) {
    await expectProblems(inside(`${FIND} timeout ${time}`));
  }
  for (const time of ['0s', '0ms', '-1s', '3601s', '3600001ms', `${'9'.repeat(100)}s`]) {
    await expectProblems(inside(`${FIND} timeout ‹${time}›`), 'request/timeout');
  }
  await expectProblems(inside(`${FIND} retry 10`));
  for (const count of ['11', '-1', '9'.repeat(60)]) {
    await expectProblems(inside(`${FIND} retry ‹${count}›`), 'request/retries');
  }
});

test('names are in snake_case', async () => {
  await expectProblems(inside('request ‹findAll›(Find): Found by id'), 'style/field-name');
  await expectProblems('codec ‹Json›: u8 via { ts: "a#b" }', 'style/field-name');
});
