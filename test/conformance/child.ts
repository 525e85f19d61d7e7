/** A process of a case: lines of JSON out, lines of JSON in, and its end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { EventLog, type PeerEvent } from './event-log.ts';

export type Output = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
};

export type Child = {
  /** The events it has said: its lines that hold a JSON object with `event`. */
  readonly log: EventLog;
  /** Rejects when it ends without having said so, or when the case has taken too long. */
  until(fits: (event: PeerEvent) => boolean, what: string): Promise<PeerEvent>;
  /** Writes a line of JSON to its standard input. */
  send(command: object): void;
  /** Closes its standard input, and waits for its end; rejects when it failed. */
  finish(): Promise<Output>;
  /** Waits for its end, well or not. */
  readonly output: Promise<Output>;
  kill(): Promise<void>;
};

/** How much of what a process writes is kept. */
const OUTPUT_CHARACTERS_MAX = 8_000_000;

export type ChildParts = {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly signal: AbortSignal;
};

/** Starts a process. A program that cannot be started ends at once, with the reason in `stderr`. */
export function startChild({ program, args, folder, signal }: ChildParts): Child {
  const name = basename(args.find((arg) => arg.endsWith('.py')) ?? program);
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
  });
  const log = new EventLog(name, signal);
  const output = collect(child, log);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await output;
  };
  signal.addEventListener('abort', () => void child.kill('SIGKILL'));
  // Whoever ends early no longer reads.
  child.stdin.on('error', () => {});
  return {
    log,
    output,
    kill,
    until: (fits, what) => log.until(fits, what),
    send: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    async finish() {
      child.stdin.end();
      const done = await output;
      if (done.code === 0) return done;
      throw new Error(`${name} ended with ${done.code}:\n${done.stdout}${done.stderr}`);
    },
  };
}

function collect(child: ChildProcess, log: EventLog): Promise<Output> {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (part: string) => {
      if (text[stream].length < OUTPUT_CHARACTERS_MAX) text[stream] += part;
    });
  }
  const { stdout } = child;
  if (stdout !== null) {
    createInterface({ input: stdout }).on('line', (line) => {
      const event = eventOf(line);
      if (event !== undefined) log.push(event);
    });
  }
  return new Promise((resolve) => {
    const end = (code: number): void => {
      log.end(`the process ended with ${code}\n${text.stderr.slice(-4_000)}`);
      resolve({ code, ...text });
    };
    child.once('error', (error) => {
      text.stderr += error.message;
      end(127);
    });
    // A signal leaves no code.
    child.once('close', (code) => end(code ?? 137));
  });
}

function eventOf(line: string): PeerEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is PeerEvent {
  return typeof value === 'object' && value !== null && 'event' in value;
}
