/** The command `conformance`: options in, a line for each case out. */
import { parseArgs } from 'node:util';
import type { Case } from './case.ts';
import { readExpectedFailures } from './expected-failures.ts';
import { MissingPython, type PythonEnvironment } from './python-environment.ts';

/** What the command is given by the process, or by a test. */
export type CommandParts = {
  readonly write: (text: string) => void;
  readonly cases: readonly Case[];
  /** The texts of expected-failures.txt and runtime/differences.md. */
  readonly expectedFailures: string;
  readonly differences: string;
  readonly preparePython: () => Promise<PythonEnvironment>;
  /** Why the case failed, or undefined. */
  readonly runCase: (each: Case, environment: PythonEnvironment) => Promise<string | undefined>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
};

const HELP = `npm run conformance -- [options]

  --only NAME   runs this case alone, or all whose names begin with NAME; may be given again
  --list        prints the names of the cases
`;

/** Runs it and gives the exit code: 1 when a case failed, 2 for options that mean nothing. */
export async function runCommand(args: readonly string[], parts: CommandParts): Promise<number> {
  const { write, cases, differences } = parts;
  const selected = select(args, cases);
  if (typeof selected === 'string') {
    write(`${selected}\n\n${HELP}`);
    return 2;
  }
  if (args.includes('--list')) {
    write(selected.map(({ name }) => `${name}\n`).join(''));
    return 0;
  }
  const names = cases.map(({ name }) => name);
  const expected = readExpectedFailures(parts.expectedFailures, { cases: names, differences });
  let environment: PythonEnvironment;
  try {
    environment = await parts.preparePython();
  } catch (error) {
    if (!(error instanceof MissingPython)) throw error;
    write(`${error.message}\n0 passed, ${selected.length} failed\n`);
    return 1;
  }
  let failed = 0;
  for (const each of selected) {
    const startedMs = parts.now();
    const failure = await parts.runCase(each, environment);
    const seconds = ((parts.now() - startedMs) / 1_000).toFixed(1);
    const row = expected.get(each.name);
    if ((failure === undefined) !== (row === undefined)) failed += 1;
    write(`${verdict(failure, row)} ${each.name} (${seconds} s)${detail(failure, row)}\n`);
  }
  write(`${selected.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function verdict(failure: string | undefined, row: string | undefined): string {
  if (row === undefined) return failure === undefined ? 'passed' : 'FAILED';
  return failure === undefined ? 'FAILED' : 'failed as expected';
}

function detail(failure: string | undefined, row: string | undefined): string {
  // Whatever is behind its first line is no line of a case.
  if (row === undefined) return failure === undefined ? '' : `: ${indent(failure)}`;
  if (failure !== undefined) return `: ${row}`;
  return `: passes, though expected-failures.txt says that it fails because of ${row}; remove the line`;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/\n\s*/g, '\n    ');
}

function select(args: readonly string[], cases: readonly Case[]): readonly Case[] | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' } },
    });
    const { only } = values;
    if (only === undefined) return cases;
    const isOf = ({ name }: Case, wanted: string): boolean =>
      name === wanted || name.startsWith(wanted);
    const nothing = only.find((wanted) => !cases.some((each) => isOf(each, wanted)));
    if (nothing !== undefined) return `--only ${nothing}: there is no such case; see --list`;
    return cases.filter((each) => only.some((wanted) => isOf(each, wanted)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
