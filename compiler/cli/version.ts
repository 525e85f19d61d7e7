import { packageRoot } from './package-root.ts';

/** The version of the package this file belongs to. */
export async function packageVersion(): Promise<string> {
  return (await packageRoot())?.version ?? 'unknown';
}
