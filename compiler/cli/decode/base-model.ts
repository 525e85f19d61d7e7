import { fileURLToPath } from 'node:url';
import { loadProgram } from '../../program/program.ts';
import type { Model } from '../../ir/model.ts';
import { createNodeHost } from '../node-host.ts';
import { packageRoot } from '../package-root.ts';

/** Messages that every community has, as the package declares them; undefined without a package. */
export async function baseModel(): Promise<Model | undefined> {
  const root = await packageRoot();
  if (root === undefined) return undefined;
  const host = createNodeHost(fileURLToPath(root.directory));
  return (await loadProgram(host, ['schemas/introduction.ipv8'])).model;
}
