/** Cases that failed once: small, ours, and run again by every test run. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fromHex, toHex } from '../../runtime/base/bytes.ts';
import { hashOf } from '../../compiler/values/chance.ts';
import type { Failure } from './run-cases.ts';

export const CORPUS = 'test/fuzz/corpus';

/** A case by the name of its target. */
export type StoredCase = {
  readonly file: string;
  readonly target: string;
  readonly input: Uint8Array;
};

/** Stores what failed and gives the file's path. */
export function storeCase({ form, input, target, what }: Failure, directory = CORPUS): string {
  const hex = toHex(input);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
  // Not every input of a target that takes texts is one.
  const isText = form === 'text' && toHex(new TextEncoder().encode(text)) === hex;
  const [found = ''] = what.split('\n');
  const stored = { target, found: found.slice(0, 300), ...(isText ? { text } : { hex }) };
  const name = `${target.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${hashOf(hex).toString(16)}.json`;
  const file = join(directory, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${JSON.stringify(stored, undefined, 2)}\n`);
  return file;
}

/** The case in a file. @throws Error that names the file when it holds none. */
export function readCase(file: string): StoredCase {
  const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof stored === 'object' && stored !== null && 'target' in stored) {
    const { target } = stored;
    if (typeof target === 'string' && 'hex' in stored && typeof stored.hex === 'string') {
      return { file: basename(file), target, input: fromHex(stored.hex) };
    }
    if (typeof target === 'string' && 'text' in stored && typeof stored.text === 'string') {
      return { file: basename(file), target, input: new TextEncoder().encode(stored.text) };
    }
  }
  throw new Error(`${file}: no stored case has this form`);
}

/** All of them, by the names of their files. */
export function readCorpus(directory = CORPUS): readonly StoredCase[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => readCase(join(directory, name)));
}
