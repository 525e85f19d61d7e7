import { expect, test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const BASE = `abstract community Base {
  signed timed message Question = 200 { identifier: u16 }
}
`;

const extending = (messages: string): string =>
  `${BASE}community Chat extends Base = dynamic {\n${messages}\n}\n`;

const OVERRIDE = 'signed timed message Own overrides Question { const tag: u8 = 0x59 }';

test('an override takes over the id, over more than one generation', async () => {
  const { model } = await expectProblems(
    `${extending(OVERRIDE)}community Talk extends Chat {
  signed timed message Deep overrides Own { const tag: u8 = 0x5a }
}`,
  );
  const messages = model.modules
    .flatMap(({ declarations }) => declarations)
    .flatMap((one) => (one.kind === 'community' ? one.messages : []));
  expect(messages.map(({ name, id, overrides }) => [name, id, overrides])).toEqual([
    ['Question', 200, undefined],
    ['Own', 200, 'Question'],
    ['Deep', 200, 'Own'],
  ]);
});

test('what is overridden is a message of an ancestor', async () => {
  await expectProblems(extending(OVERRIDE.replace('Question', '‹Qestion›')), 'name/unknown');
  await expectProblems(
    `community Alone = dynamic { ${OVERRIDE.replace('Question', '‹Question›')} }`,
    'name/unknown',
  );
  await expectProblems(
    extending(`signed message A = 1 {}\n${OVERRIDE.replace('Question', '‹A›')}`),
    'name/unknown',
  );
});

test('an override states no id, on either side', async () => {
  const after = OVERRIDE.replace('Question', 'Question = ‹200›');
  await expectProblems(extending(after), 'override/with-id');
  const before = OVERRIDE.replace('Own', 'Own = ‹7›');
  const { diagnostics } = await expectProblems(extending(before), 'override/with-id');
  const [suggestion] =
    diagnostics.find(({ code }) => code === 'override/with-id')?.suggestions ?? [];
  expect(suggestion?.applicability).toBe('maybe-incorrect');
});

test('an override travels as what it overrides', async () => {
  const code = 'override/envelope';
  await expectProblems(
    extending(OVERRIDE.replace('signed timed', 'signed').replace('Own', '‹Own›')),
    code,
  );
  await expectProblems(
    extending(OVERRIDE.replace('signed', 'unsigned').replace('Own', '‹Own›')),
    code,
  );
  await expectProblems(
    extending(OVERRIDE.replace('Own', '‹Own›').replace('{', 'via data {')),
    code,
  );
  await expectProblems(extending(OVERRIDE.replace('{', 'via socket {')));
});

test('a constant tells an override from what it overrides', async () => {
  await expectProblems(
    extending('signed timed message ‹Own› overrides Question { tag: u8 }'),
    'override/no-constant',
  );
});

test('constants tell overrides of one message apart', async () => {
  const code = 'override/ambiguous';
  const other = (fields: string): string =>
    extending(`${OVERRIDE}\nsigned timed message Other overrides Question { ${fields} }`);
  await expectProblems(other('const ‹mark›: u8 = 0x59'), code);
  await expectProblems(other('a: u8, const ‹mark›: u8 = 0x60'), code);
  await expectProblems(other('const mark: u8 = 0x60'));
  await expectProblems(
    `${extending(OVERRIDE)}community Talk extends Chat {
  signed timed message Deep overrides Question { const ‹tag›: u8 = 0x59 }
}`,
    code,
  );
  // Strangers do not meet.
  await expectProblems(
    `${extending(OVERRIDE)}community Talk extends Base = sha1("talk") {
  signed timed message Deep overrides Question { const tag: u8 = 0x59 }
}`,
  );
});
