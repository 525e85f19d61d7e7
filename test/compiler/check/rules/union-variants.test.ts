import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const STRUCTS = 'struct A { a: u8 }\nstruct B { b: rest }\nconst TAG = 1\n';

test('a union is a type of fields, alone and in lists, framed and inline', async () => {
  await expectProblems(`${STRUCTS}union U: u8 { 0: A, TAG: B }
struct S { one: U, all: list<U, u8>, some: list<inline A, u8>, last: inline U }`);
});

test('variants are structs that are declared', async () => {
  await expectProblems(`${STRUCTS}union U: u8 { 0: ‹Missing› }`, 'name/unknown');
  await expectProblems(`${STRUCTS}union U: u8 { 0: ‹TAG› }`, 'name/wrong-kind');
  await expectProblems(`${STRUCTS}union U: u8 { 0: ‹u8› }`, 'name/unknown');
  await expectProblems(`${STRUCTS}union U: u8 { 0: A }\nunion V: u8 { 0: ‹U› }`, 'name/wrong-kind');
  await expectProblems(`${STRUCTS}union U: u8 { ‹OTHER›: A }`, 'name/unknown');
});

test('tags fit and are unique, as the structs are', async () => {
  await expectProblems(`${STRUCTS}union U: u8 { ‹256›: A, 255: B }`, 'layout/enum-value-too-large');
  await expectProblems(`${STRUCTS}union U: u8 { 1: A, ‹TAG›: B }`, 'layout/duplicate-enum-value');
  await expectProblems(`${STRUCTS}union U: u8 { 1: A, 2: ‹A› }`, 'name/duplicate-member');
});

test('a union has a width and variants', async () => {
  await expectProblems(`${STRUCTS}union ‹U› { 0: A }`, 'layout/enum-without-width');
  await expectProblems(`${STRUCTS}union U: ‹i8› { 0: A }`, 'layout/enum-width');
  await expectProblems('union ‹U›: u8 {}', 'layout/empty-enum');
});

test('nothing contains itself through a union', async () => {
  await expectProblems(
    'union U: u8 { 0: A }\nstruct A { all: list<‹U›, u8> }',
    'layout/recursive-struct',
  );
});

test('an inline union ends where its variants end', async () => {
  const union = `${STRUCTS}union U: u8 { 0: A, 1: B }\n`;
  await expectProblems(`${union}struct S { u: ‹inline U›, a: u8 }`, 'layout/rest-not-last');
  await expectProblems(`${union}struct S { u: list<‹inline U›, u8> }`, 'layout/rest-inside');
  await expectProblems(`${union}struct S { u: list<U, u8>, a: u8 }`);
});

test('the schema of a variant is used', async () => {
  await expectProblems({
    'a.ipv8': 'import "./b.ipv8"\nunion U: u8 { 0: A }',
    'b.ipv8': 'struct A { a: u8 }',
  });
});
