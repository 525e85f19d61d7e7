/** Faults that are planted while the fuzzer is bundled: no switch in the product's code. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** A piece of source that is replaced by a worse one. */
export type Fault = {
  /** What is missing then. */
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  /** Exactly as it stands there, once. */
  readonly from: string;
  readonly to: string;
};

/** Replaces the piece while the file is read; fails when it is not there, or there twice. */
export function plant({ file, from, name, to }: Fault): Plugin {
  const path = resolve(file);
  return {
    name: 'plant',
    setup(build) {
      let isPlanted = false;
      build.onLoad({ filter: /\.ts$/ }, async (loaded) => {
        if (loaded.path !== path) return undefined;
        const pieces = (await readFile(path, 'utf8')).split(from);
        if (pieces.length !== 2) {
          throw new Error(
            `${file} has the source of "${name}" ${pieces.length - 1} times, not once`,
          );
        }
        isPlanted = true;
        return { contents: pieces.join(to), loader: 'ts' };
      });
      build.onEnd(() => {
        if (!isPlanted) throw new Error(`${file} is no part of the fuzzer`);
      });
    },
  };
}
