/** The process on the other side, played by programs that behave badly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type PythonSide, startPython } from '../../../compiler/cli/prove/python-side.ts';
import { UsageError } from '../../../compiler/cli/usage-error.ts';
import { OtherSideError } from '../../../compiler/prove/side.ts';

const folder = mkdtempSync(join(tmpdir(), 'ipv8-prove-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Says what stands there for each line that it is told, in turn. */
function playing(...answers: readonly string[]): string {
  return `
    import { createInterface } from 'node:readline';
    const answers = ${JSON.stringify(answers)};
    createInterface({ input: process.stdin }).on('line', () => {
      const next = answers.shift();
      if (next !== undefined) process.stdout.write(next + '\\n');
    });
  `;
}

let scripts = 0;

type Waits = { readonly after?: (ms: number, then: () => void) => () => void };

function start(code: string, { after = () => () => undefined }: Waits = {}): Promise<PythonSide> {
  const script = join(folder, `${scripts++}.mjs`);
  writeFileSync(script, code);
  return startPython({
    program: process.execPath,
    script,
    plan: {},
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    after,
  });
}

async function started(code: string, waits?: Waits): Promise<PythonSide> {
  const side = await start(code, waits);
  onTestFinished(() => side.close());
  return side;
}

const READY = '{"ready":"Python 3, py-ipv8 3"}';
const QUESTION = { root: 0, values: [{ a: 1 }], bytes: ['00', '01'] };
const ANSWER = '{"written":[[true,"00"]],"again":[[true,{"a":1}]],"read":[[false,"no"],[true,2]]}';

test('it is told, greets and answers', async () => {
  const side = await started(playing(READY, ANSWER, ANSWER));
  expect(side.version).toBe('Python 3, py-ipv8 3');
  const both = await Promise.all([side.ask(QUESTION), side.ask(QUESTION)]);
  expect(both).toEqual([JSON.parse(ANSWER), JSON.parse(ANSWER)]);
});

test('without py-ipv8 it says how to install it', async () => {
  const asked = start(playing('{"missing":"ModuleNotFoundError: No module named \'ipv8\'"}'));
  await expect(asked).rejects.toThrow(UsageError);
  await expect(asked).rejects.toThrow(
    /cannot import py-ipv8 \(ModuleNotFoundError.*\)\. Install it: .*node.* -m pip install pyipv8, or name a Python/,
  );
});

test('a program that is not there is named', async () => {
  const parts = { script: '', plan: {}, cwd: folder, env: {}, after: () => () => undefined };
  const asked = startPython({ ...parts, program: join(folder, 'nowhere') });
  await expect(asked).rejects.toThrow(UsageError);
  await expect(asked).rejects.toThrow(/nowhere cannot be started: there is no such program/);
});

test.each([
  ['ends with a complaint', 'console.error("Oh no"); process.exit(3)', /exit code 3:\nOh no/],
  ['ends by a signal', 'process.kill(process.pid, "SIGTERM")', /it ended by SIGTERM/],
  ['cannot use the modules', playing('{"failed":["Dht.Find: SyntaxError"]}'), /Dht\.Find: Syntax/],
  ['talks rubbish', playing('hello'), /no greeting/],
  ['gives another greeting', playing('{"ready":1}'), /no greeting/],
  [
    'says nothing that ends',
    `import { writeSync } from 'node:fs';
    for (;;) writeSync(1, 'x'.repeat(2 ** 16));`,
    /no end/,
  ],
])('it %s', async (_, code, message) => {
  const asked = start(code);
  await expect(asked).rejects.toThrow(OtherSideError);
  await expect(asked).rejects.toThrow(message);
});

test.each([
  ['rubbish', playing(READY, 'hello')],
  ['nothing', playing(READY, 'null')],
  ['too little', playing(READY, ANSWER.replace('[false,"no"],', ''))],
  ['numbers for bytes', playing(READY, ANSWER.replace('"00"', '0'))],
  ['words for outcomes', playing(READY, ANSWER.replace('[true,2]', '"yes"'))],
])('an answer of %s is none', async (_, code) => {
  const side = await started(code);
  await expect(side.ask(QUESTION)).rejects.toThrow('no answer to what it was asked');
});

test('who ends in the middle fails what was asked and what will be', async () => {
  const side = await started(`${playing(READY)}
    process.stdin.on('data', (data) => { if (String(data).includes('root')) process.exit(9); });`);
  const both = [side.ask(QUESTION), side.ask(QUESTION)];
  for (const one of both) await expect(one).rejects.toThrow(/exit code 9/);
  await expect(side.ask(QUESTION)).rejects.toThrow(/exit code 9/);
});

test('who talks without being asked is not listened to', async () => {
  const side = await started(playing(READY, `${ANSWER}\n${ANSWER}`));
  await side.ask(QUESTION);
  await expect(side.ask(QUESTION)).rejects.toThrow(OtherSideError);
});

test('who does not answer is ended', async () => {
  const timers: (() => void)[] = [];
  const side = await started(playing(READY), {
    after: (ms, then) => {
      expect(ms).toBe(60_000);
      timers.push(then);
      return () => undefined;
    },
  });
  const asked = side.ask(QUESTION);
  timers.at(-1)?.();
  await expect(asked).rejects.toThrow('it has not answered for 60 seconds');
});
