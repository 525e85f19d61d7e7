/** What a case starts ends with it, and without Python nothing passes: real processes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Child } from './child.ts';
import { runCase } from './run-case.ts';

const HERE = new URL('.', import.meta.url).pathname;
const environment = { program: () => process.execPath };

test('a case that takes too long fails, and its processes end', async () => {
  let child: Child | undefined;
  let folder = '';
  const failure = await runCase(
    {
      name: 'slow',
      secondsMax: 0.5,
      async run(context) {
        ({ folder } = context);
        const program = 'console.log(JSON.stringify({event:"up"})); setInterval(() => {}, 1000)';
        child = context.spawn(process.execPath, ['-e', program]);
        await child.until(({ event }) => event === 'never', 'event of that name');
      },
    },
    environment,
  );
  expect(failure).toContain('no event of that name: the case has taken too long');
  expect((await child?.output)?.code).toBe(137);
  expect(existsSync(folder)).toBe(false);
});

test('a process that ends early fails who waits for it, with what it wrote', async () => {
  const failure = await runCase(
    {
      name: 'early',
      async run(context) {
        const child = context.spawn(process.execPath, ['-e', 'throw new Error("broken")']);
        await child.until(() => true, 'event');
      },
    },
    environment,
  );
  expect(failure).toMatch(/no event: the process ended with 1[^]*broken/);
});

test('what a failed case goes on with starts nothing more', async () => {
  let more: Promise<unknown> | undefined;
  const failure = await runCase(
    {
      name: 'hasty',
      async run(context) {
        const child = context.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
        more = child.output.then(() => context.spawn(process.execPath, ['-e', '0']));
        more.catch(() => {});
        throw new Error('enough');
      },
    },
    environment,
  );
  expect(failure).toBe('enough');
  await expect(more).rejects.toThrow('aborted');
});

test('a program that is not there is a failure, not a crash', async () => {
  const failure = await runCase(
    {
      name: 'missing',
      run: (context) =>
        context
          .spawn('no-such-program', [])
          .finish()
          .then(() => undefined),
    },
    environment,
  );
  expect(failure).toContain('no-such-program');
});

test('without Python it says what is missing, and fails', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `${HERE}main.ts`, '--only', 'keys-and-signatures'],
    { env: { ...process.env, PATH: '/nowhere' }, encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stdout).toContain('apt-get install python3 python3-venv');
  expect(stdout).toMatch(/\n0 passed, 1 failed\n$/);
});
