import { expect, test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const VIA = 'via { ts: "./json.ts#json" }';

test('a codec is a type of fields, with what it carries', async () => {
  const { model } = await expectProblems(
    `codec json: string<u16, ..9> via { ts: "./json.ts#json", py: "app.codecs:json" }
struct S { a: json, all: list<json, u8> }`,
  );
  const [codec, struct] = model.modules[0]?.declarations ?? [];
  const carrier = {
    kind: 'string',
    prefix: 16,
    bound: { min: 0, max: 9, sendMax: 9, isStated: true },
  };
  expect(codec).toMatchObject({
    kind: 'codec',
    name: 'json',
    carrier,
    targets: { ts: './json.ts#json', py: 'app.codecs:json' },
  });
  expect(struct).toMatchObject({
    fields: [
      { type: { kind: 'codec', codecName: 'json', carrier } },
      { type: { kind: 'list', element: { kind: 'codec', codecName: 'json' } } },
    ],
  });
});

test('a codec carries built-in types', async () => {
  const structs = 'struct A { a: u8 }\nenum E { a = 1 }\n';
  await expectProblems(`${structs}codec c: ‹A› ${VIA}`, 'codec/carrier');
  await expectProblems(`${structs}codec c: list<inline ‹A›, u8> ${VIA}`, 'codec/carrier');
  await expectProblems(`codec c: ‹d› ${VIA}\ncodec d: ‹c› ${VIA}`, 'codec/carrier');
  await expectProblems(`codec c: list<‹Missing›, u8> ${VIA}`, 'name/unknown');
  await expectProblems(`${structs}codec c: bits { e: E[8] } ${VIA}`);
  await expectProblems(`codec c: ‹bytes› ${VIA}`, 'layout/malformed-type');
  await expectProblems(`codec c: bytes<u8, ..‹300›> ${VIA}`, 'layout/bound-exceeds-prefix');
});

test('a codec of `rest` is the last field, one that can be empty no element', async () => {
  const codec = `codec c: rest ${VIA}\n`;
  await expectProblems(`${codec}struct S { a: c }`);
  await expectProblems(`${codec}struct S { a: ‹c›, b: u8 }`, 'layout/rest-not-last');
  await expectProblems(
    `codec c: list<u8, rest> ${VIA}\nstruct I { c: c }\nstruct S { a: list<I, u8> }`,
  );
});

test('targets are known, written as they must be, each once, and TypeScript is one', async () => {
  const codec = (targets: string): string => `codec c: u8 via { ${targets} }`;
  await expectProblems(codec('ts: "pkg#x", ‹js›: "a"'), 'codec/unknown-target');
  await expectProblems(codec('‹__proto__›: "a#b"'), 'codec/unknown-target');
  for (const place of ['./a.ts', '#a', './a.ts#', './a.ts#1', './a b#c', './a#b#c', '']) {
    await expectProblems(codec(`ts: ‹"${place}"›`), 'codec/malformed-target');
  }
  for (const place of ['app', 'app:', ':a', 'app/x:a', 'a..b:c']) {
    await expectProblems(codec(`ts: "a#b", py: ‹"${place}"›`), 'codec/malformed-target');
  }
  await expectProblems(codec('ts: "a#b", ‹ts›: "c#d"'), 'name/duplicate-member');
  await expectProblems('codec ‹c›: u8 via {}', 'codec/missing-target');
  await expectProblems('codec ‹c›: u8 via { py: "a:b" }', 'codec/missing-target');
});

test('the schema of a codec is used', async () => {
  await expectProblems({
    'a.ipv8': 'import "./b.ipv8"\nstruct A { a: c }',
    'b.ipv8': `codec c: u8 ${VIA}`,
  });
});
