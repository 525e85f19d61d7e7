/** The Python side of a proof: a process that is asked and answers in lines of JSON. */
import { spawn } from 'node:child_process';
import { type OtherSide, OtherSideError, readAnswer } from '../../prove/side.ts';
import { UsageError } from '../usage-error.ts';
import { createLineReader } from './line-reader.ts';

export type PythonSide = OtherSide & {
  /** What answers: `Python 3.11.7, py-ipv8 3.2.1`. */
  readonly version: string;
  /** Ends the process. */
  close(): void;
};

export type PythonStart = {
  /** A path, or a name to look for on the path. */
  readonly program: string;
  readonly script: string;
  /** What the process is told first. */
  readonly plan: object;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back after that many milliseconds, unless what it gives is called first. */
  readonly after: (ms: number, then: () => void) => () => void;
};

/** Nothing that it is asked takes more than a part of a second. */
const ANSWER_MS = 60_000;

/** What is told of the process's own complaints. */
const COMPLAINTS_MAX = 2_000;

/** @throws UsageError when there is no Python, or no py-ipv8 in it. */
export async function startPython(start: PythonStart): Promise<PythonSide> {
  const { after, cwd, env, plan, program, script } = start;
  const child = spawn(program, [script], {
    cwd,
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting: {
    readonly take: (line: string) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  let complaints = '';
  let end: Error | undefined;
  const fail = (error: Error): void => {
    end ??= error;
    for (const one of waiting.splice(0)) one.fail(end);
    child.kill('SIGKILL');
  };
  const lines = createLineReader((line) => {
    const next = waiting.shift();
    if (next === undefined) fail(new OtherSideError('it talks without being asked'));
    else next.take(line);
  });
  child.on('error', (error) => fail(cannotStart(program, error)));
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    if (!lines.push(chunk)) fail(new OtherSideError('it says a line that has no end'));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-COMPLAINTS_MAX);
  });
  child.on('close', (code, signal) => {
    const how = code === null ? `by ${signal ?? 'a signal'}` : `with exit code ${code}`;
    const words = complaints.trim();
    fail(new OtherSideError(`it ended ${how}${words === '' ? '' : `:\n${words}`}`));
  });
  const say = (what: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (end !== undefined) {
        reject(end);
        return;
      }
      const cancel = after(ANSWER_MS, () => {
        fail(new OtherSideError(`it has not answered for ${ANSWER_MS / 1000} seconds`));
      });
      waiting.push({
        take(line) {
          cancel();
          resolve(parsed(line));
        },
        fail(error) {
          cancel();
          reject(error);
        },
      });
      child.stdin.write(`${JSON.stringify(what)}\n`);
    });
  try {
    const version = readGreeting(await say(plan), program);
    return {
      version,
      close: () => fail(new OtherSideError('it was ended')),
      ask: async (question) => readAnswer(await say(question), question),
    };
  } catch (error) {
    fail(new OtherSideError('it was ended'));
    throw error;
  }
}

/** Undefined for what is no JSON: nobody asked for that. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readGreeting(value: unknown, program: string): string {
  const { failed, missing, ready } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof ready === 'string') return ready;
  if (typeof missing === 'string') {
    throw new UsageError(
      `${program} cannot import py-ipv8 (${missing}). Install it: ${program} -m pip install pyipv8, ` +
        'or name a Python that has it: --python PATH',
    );
  }
  if (Array.isArray(failed)) {
    throw new OtherSideError(`it cannot use what was generated:\n${failed.join('\n')}`);
  }
  throw new OtherSideError('it says something that is no greeting');
}

function cannotStart(program: string, error: Error): Error {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const why = isMissing ? 'there is no such program' : error.message;
  return new UsageError(
    `${program} cannot be started: ${why}. Install Python 3.10 or later, or name one: --python PATH`,
  );
}
