/** Where a command reads its surroundings from and writes its words to. */
import { buffer } from 'node:stream/consumers';
import type { StopSignals } from './stop-signals.ts';
import { createNodeWatcher, type Watcher } from './watcher.ts';

/** Handed to every command, so that tests run commands in their own process. */
export type Terminal = {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: diagnostics and complaints. */
  err(text: string): void;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True when standard error is shown to a person. */
  readonly isTTY: boolean;
  /** Columns; undefined when nobody looks. */
  readonly columns: number | undefined;
  /** The same of standard output, for commands that show what was asked for in colour. */
  readonly output?: { readonly isTTY: boolean; readonly columns: number | undefined };
  /** All of standard input; undefined where there is none. */
  readonly input?: () => Promise<Uint8Array>;
  /** Waits for changes of files; undefined where nobody can. */
  readonly createWatcher?: () => Watcher;
  /** Waits for the user's wish to end; that of this process where nothing is given. */
  readonly createStopSignals?: () => StopSignals;
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (words) => void process.stdout.write(words),
    err: (words) => void process.stderr.write(words),
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stderr.isTTY,
    columns: process.stderr.columns,
    output: { isTTY: process.stdout.isTTY, columns: process.stdout.columns },
    input: () => buffer(process.stdin),
    createWatcher: createNodeWatcher,
  };
}

/**
 * Whether diagnostics are coloured: `FORCE_COLOR` and `NO_COLOR` decide before the terminal does.
 * A value of `NO_COLOR` counts unless it is empty (no-color.org).
 */
export function hasColor({ env, isTTY }: Terminal): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return isTTY && env['TERM'] !== 'dumb';
}

const COLUMNS_DEFAULT = 100;
const COLUMNS_MIN = 40;

/** Columns to render for. */
export function widthOf({ columns }: Terminal): number {
  return Math.max(columns ?? COLUMNS_DEFAULT, COLUMNS_MIN);
}
