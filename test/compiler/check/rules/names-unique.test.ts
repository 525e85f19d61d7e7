import { test } from 'vitest';
import { community, expectProblems } from '../expect-problems.ts';

const code = 'name/duplicate';

test('names unique', async () => {
  await expectProblems(
    `struct A { a: u8 }
enum ‹A› { b = 1 }`,
    code,
  );
  await expectProblems(
    community(`signed message A = 1 {}
signed message ‹A› = 2 {}`),
    code,
  );
  await expectProblems({ 'a.ipv8': `const A = 1`, 'b.ipv8': `const ‹A› = 2` }, code);
});
