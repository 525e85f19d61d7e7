/** What CI prints last of a stage that failed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'ipv8-ci-'));
afterAll(() => rmSync(directory, { recursive: true }));

function why(log: string): string {
  const file = join(directory, 'log');
  writeFileSync(file, log);
  const script = new URL('../.ci/why', import.meta.url).pathname;
  return spawnSync('bash', [script, file], { encoding: 'utf8' }).stdout;
}

/** As vitest prints it, colours included. */
const TESTS = ` ✓  unit  test/a.test.ts (2 tests) 5ms

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

\u001b[41m FAIL \u001b[49m  unit  test/b.test.ts > adds
\u001b[31mAssertionError: expected 2 to be 3\u001b[39m

- Expected
+ Received

- 3
+ 2

 ❯ test/b.test.ts:2:34
      1| import { expect, it } from 'vitest';
      2| it('adds', () => expect(1 + 1).toBe(3));
       |                                ^

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/1]⎯

 Test Files  1 failed | 1 passed (2)
`;

test('of tests the failures, without the source around them', () => {
  expect(why(TESTS)).toBe(`⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯
 FAIL   unit  test/b.test.ts > adds
AssertionError: expected 2 to be 3
- Expected
+ Received
- 3
+ 2
 ❯ test/b.test.ts:2:34
`);
});

test('of anything else the end', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `line ${at}\n`);
  expect(why(lines.join(''))).toBe(lines.slice(60).join(''));
});
