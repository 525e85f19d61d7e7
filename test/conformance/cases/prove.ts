/** Every message of the project's schemas and of its tests, against payloads generated for py-ipv8. */
import { fileURLToPath } from 'node:url';
import { expect, expectEqual, type Case, type Context } from '../case.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = `${ROOT}compiler/cli/main.ts`;

/** Of each message; as many changed bytes are read. */
const VALUES = 10_000;

type Proved = {
  /** The one whose configuration counts. */
  readonly folder: string;
  readonly words?: readonly string[];
  readonly messagesMin: number;
};

async function prove({ spawn, tool }: Context, proved: Proved): Promise<void> {
  const { folder, messagesMin, words: more = [] } = proved;
  const { stdout: python } = await tool('python', ['-c', 'import sys; print(sys.executable)']);
  const options = ['--against', 'python', '--python', python.trim(), '--values', String(VALUES)];
  const words = ['--import', 'tsx', COMMAND, 'prove', ...options, ...more];
  const { code, stderr, stdout } = await spawn(process.execPath, words, folder).output;
  const lines = stdout.split('\n');
  const same = lines.filter((line) => line.startsWith('same '));
  if (code !== 0) {
    const said = lines.filter((line) => !line.startsWith('same '));
    throw new Error(`prove ended with ${code}:\n${said.join('\n')}${stderr}`);
  }
  expectEqual(stderr, '', 'what prove complains of');
  expect(same.length >= messagesMin, `only ${same.length} messages were compared`);
  const whole = same.filter((line) => line.includes(` ${VALUES} values, ${VALUES} changed bytes`));
  expectEqual(whole.length, same.length, 'the number of messages with all their values');
}

/** A minute or two on two cores that have nothing else to do. */
const SECONDS_MAX = 1_800;

export const cases: readonly Case[] = [
  {
    name: 'prove-schemas',
    secondsMax: SECONDS_MAX,
    run: (context) => prove(context, { folder: ROOT, messagesMin: 60 }),
  },
  {
    name: 'prove-test-schemas',
    secondsMax: SECONDS_MAX,
    run: (context) => prove(context, { folder: `${ROOT}test`, messagesMin: 120 }),
  },
  {
    name: 'prove-every-type',
    secondsMax: SECONDS_MAX,
    run: (context) => {
      const here = 'test/conformance/prove/every-type';
      const words = [`${here}.ipv8`, '--ledger', `${here}.ledger.json`];
      return prove(context, { folder: ROOT, words, messagesMin: 20 });
    },
  },
];
