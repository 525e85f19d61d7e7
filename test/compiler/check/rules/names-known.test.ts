import { test } from 'vitest';
import { expectProblems, message } from '../expect-problems.ts';

const code = 'name/unknown';

test('names known', async () => {
  await expectProblems(
    message(`a: ‹NodeInof›
b: list<inline ‹X›, u8>`),
    code,
  );
  await expectProblems(message(`a: bytes[‹N›]`), code);
  await expectProblems(message(`a: ‹byts›[2], b: list<‹strng›<u16>, u8>`), code);
  await expectProblems(`community A extends ‹B› = dynamic {}`, code);
  await expectProblems(message(`a: bits { b: ‹E›[8] }`), code);
  await expectProblems({ 'a.ipv8': `struct A { b: ‹B› }`, 'b.ipv8': `struct B { a: u8 }` }, code);
  await expectProblems(
    `const A = 8
enum E: u8 { a = A }
struct S { a: bytes[A], e: E, s: u8 1..A }`,
    code,
  );
});
