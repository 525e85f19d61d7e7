/** What a case of the conformance suite is, and what it is given. */
import type { Env } from '../../runtime/env/env.ts';
import type { Node } from '../../runtime/node/node.ts';
import type { Child, Output } from './child.ts';

export type Case = {
  /** Kebab-case, and like that of no other case. */
  readonly name: string;
  /** Seconds the case may take; 120. */
  readonly secondsMax?: number;
  /** Rejects when the case fails; the error's message is what the report shows. */
  readonly run: (context: Context) => Promise<void>;
};

/** What a case starts through its context ends with it, however it ends. */
export type Context = {
  /** An empty folder of the case's own, removed behind it. */
  readonly folder: string;
  /** Aborted when the case has taken too long. */
  readonly signal: AbortSignal;
  /** The real world, except that a datagram to anywhere but this machine throws. */
  readonly env: Env;
  /** Starts a script of `test/conformance/python`, or one at an absolute path, in the virtual environment. */
  python(script: string, args?: readonly string[]): Child;
  /** Runs a program of the virtual environment, such as `mypy`, to its end. */
  tool(program: string, args: readonly string[], folder?: string): Promise<Output>;
  /** Starts any other program. */
  spawn(program: string, args: readonly string[], folder?: string): Child;
  /** Starts a node or a tracker, and stops it behind the case. */
  start(started: Pick<Node, 'start' | 'stop'>): Promise<void>;
};

/** Fails the case. */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  const [foundText, expectedText] = [JSON.stringify(found), JSON.stringify(expected)];
  if (foundText === expectedText) return;
  throw new Error(`${what} is ${foundText} and should be ${expectedText}`);
}

/** Fails the case unless the condition holds. */
export function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
