import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

test('flags are powers of two', async () => {
  const code = 'layout/not-one-bit';
  await expectProblems('flags F: u16 { a = 1, b = ‹3›, c = ‹0›, d = 0x8000 }', code);
  await expectProblems('flags F: u32 { a = 0x80000000, b = ‹0xffffffff› }', code);
  await expectProblems('const A = 6\nflags F: u8 { a = ‹A› }', code);
  await expectProblems('enum E: u8 { a = 3, b = 0 }');
});

test('flags are unique, fit their width and have one', async () => {
  await expectProblems(
    'flags F: u8 { a = 128, b = ‹256›, c = ‹-1› }',
    'layout/enum-value-too-large',
  );
  await expectProblems('flags F: u8 { a = 1, b = ‹1› }', 'layout/duplicate-enum-value');
  await expectProblems('flags F: u8 { a = 1, ‹a› = 2 }', 'name/duplicate-member');
  await expectProblems('flags ‹F› { a = 1 }', 'layout/enum-without-width');
  await expectProblems('flags F: ‹u64› { a = 1 }', 'layout/enum-width');
  await expectProblems('flags ‹F›: u8 {}', 'layout/empty-enum');
});

test('flags are a type of fields, not of bits and not inline', async () => {
  const flags = 'flags F: u8 { a = 1 }\n';
  await expectProblems(`${flags}struct S { one: F, all: list<F, u8> }`);
  await expectProblems(`${flags}struct S { b: bits { f: ‹F›[8] } }`, 'name/wrong-kind');
  await expectProblems(`${flags}struct S { f: inline ‹F› }`, 'name/wrong-kind');
  await expectProblems(`${flags}struct S { const f: ‹F› = 1 }`, 'layout/constant-type');
});
