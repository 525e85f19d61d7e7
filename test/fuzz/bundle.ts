import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Fault, plant } from './plant.ts';

/** The fuzzer as one file of JavaScript. */
export type Bundle = { readonly file: string; remove(): void };

/**
 * Bundles the fuzzer, with a fault in it if one is given. As one file, because what runs TypeScript
 * directly is slower; inside the project, so that packages are found.
 */
export async function bundleFuzzer(fault?: Fault): Promise<Bundle> {
  mkdirSync('.cache', { recursive: true });
  const directory = mkdtempSync(join('.cache', 'fuzz-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  const file = join(directory, 'worker.js');
  try {
    await build({
      entryPoints: ['test/fuzz/worker.ts'],
      outfile: file,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      sourcemap: true,
      logLevel: 'silent',
      plugins: fault === undefined ? [] : [plant(fault)],
    });
  } catch (error) {
    remove();
    throw error;
  }
  return { file, remove };
}
