import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { median, writeFiles } from './measure.ts';
import { ipv8Schema, schemas } from './workloads.ts';

/** How large the program is, and how often one of its files is changed. */
export type WatchSize = {
  readonly files: number;
  readonly messagesPerFile: number;
  readonly edits: number;
};

/**
 * Median milliseconds from writing one schema to the notice that its module is written, in a process
 * that watches.
 */
export async function measureWatch(
  command: readonly string[],
  { edits, files, messagesPerFile }: WatchSize,
): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'ipv8-bench-watch-'));
  writeFiles(directory, schemas({ messages: files * messagesPerFile, files }, 'ipv8'));
  writeFiles(directory, { 'ipv8.config.json': '{}' });
  const child = spawn(process.execPath, [...command, 'compile', '--watch'], { cwd: directory });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await Promise.all([lines.next(), once(child.stderr, 'data')]);
    const times: number[] = [];
    // The first edits find a compiler that is not warm yet.
    const warming = Math.min(5, edits);
    for (let edit = 0; edit < warming + edits; edit++) {
      const file = edit % files;
      const numbers = Array.from(
        { length: messagesPerFile },
        (_, at) => file * messagesPerFile + at,
      );
      const text = ipv8Schema(numbers).replace('/// Message', `/// Edit ${edit}, message`);
      const start = performance.now();
      writeFileSync(join(directory, `schemas/bench${file}.ipv8`), text);
      const { value } = (await lines.next()) as { readonly value: unknown };
      const time = performance.now() - start;
      if (!String(value).startsWith('written 1,')) throw new Error(`unexpected: ${String(value)}`);
      if (edit >= warming) times.push(time);
    }
    return median(times);
  } finally {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(directory, { recursive: true });
  }
}
