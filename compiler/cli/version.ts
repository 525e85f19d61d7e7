import { readFile } from 'node:fs/promises';

/** The version of the package this file belongs to, whether it runs from its source or as built. */
export async function packageVersion(): Promise<string> {
  for (let directory = new URL('.', import.meta.url); ; directory = new URL('..', directory)) {
    const text = await readFile(new URL('package.json', directory), 'utf8').catch(() => undefined);
    const version = text === undefined ? undefined : versionOf(JSON.parse(text));
    if (version !== undefined) return version;
    if (directory.pathname === '/' || directory.href === new URL('..', directory).href) {
      return 'unknown';
    }
  }
}

function versionOf(manifest: unknown): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  if (!('name' in manifest) || manifest.name !== 'ipv8' || !('version' in manifest))
    return undefined;
  return typeof manifest.version === 'string' ? manifest.version : undefined;
}
