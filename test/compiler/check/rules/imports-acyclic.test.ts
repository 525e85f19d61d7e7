import { test } from 'vitest';
import { expectProblems } from '../expect-problems.ts';

const code = 'import/cycle';

test('imports acyclic', async () => {
  await expectProblems(
    {
      'a.ipv8': `import "./b.ipv8"
struct A { b: list<u8, u8, ..X> }
const Y = 1`,
      'b.ipv8': `import ‹"./a.ipv8"›
const X = 2
struct B { b: bytes[Y] }`,
    },
    code,
  );
  await expectProblems(
    {
      'a.ipv8': `import ‹"./a.ipv8"›
`,
    },
    code,
  );
});
