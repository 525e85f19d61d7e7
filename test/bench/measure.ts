/** Time from the start of a process to its end, several times, in turns. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Files } from './workloads.ts';

/** A command that is measured, in a directory of its own. */
export type Contender = {
  readonly name: string;
  readonly files: Files;
  readonly command: string;
  readonly args: readonly string[];
  /** What it must have written; deleted before each round. Without it nothing is written. */
  readonly output?: string;
};

/** Median milliseconds by name, and why the others could not be measured. */
export type Measured = {
  readonly medians: ReadonlyMap<string, number>;
  readonly failed: ReadonlyMap<string, string>;
};

/**
 * Every contender once per round, so that what else the machine does meets them alike. One that fails
 * is left out from then on.
 */
export function measure(contenders: readonly Contender[], rounds: number): Measured {
  const base = mkdtempSync(join(tmpdir(), 'ipv8-bench-'));
  const times = new Map<string, number[]>();
  const failed = new Map<string, string>();
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [at, contender] of contenders.entries()) {
        const { name } = contender;
        if (failed.has(name)) continue;
        const result = runOnce(contender, join(base, String(at)));
        if (typeof result === 'string') failed.set(name, result);
        else times.set(name, [...(times.get(name) ?? []), result]);
      }
    }
  } finally {
    rmSync(base, { recursive: true });
  }
  const whole = [...times].filter(([name]) => !failed.has(name));
  return { medians: new Map(whole.map(([name, all]) => [name, median(all)])), failed };
}

/** Writes files below a directory. */
export function writeFiles(directory: string, files: Files): void {
  mkdirSync(directory, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** The middle one; of two the mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** Milliseconds, or why not. */
function runOnce({ args, command, files, output }: Contender, cwd: string): number | string {
  // The round before may have changed them.
  writeFiles(cwd, files);
  const isApart = output !== undefined && output !== 'schemas';
  if (isApart) rmSync(join(cwd, output), { recursive: true, force: true });
  const start = performance.now();
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const time = performance.now() - start;
  if (error !== undefined) return error.message;
  if (status !== 0) return `exit code ${status}: ${`${stderr}${stdout}`.trim().slice(0, 300)}`;
  if (isApart && statSync(join(cwd, output), { throwIfNoEntry: false }) === undefined) {
    return `${output} was not written`;
  }
  return time;
}
