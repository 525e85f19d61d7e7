import { readFile } from 'node:fs/promises';

/** The package that this file belongs to, whether it runs from its source or as built. */
export type PackageRoot = { readonly directory: URL; readonly version: string };

/** Looks upwards for the manifest of `ipv8`; undefined when the package was taken apart. */
export async function packageRoot(): Promise<PackageRoot | undefined> {
  for (let directory = new URL('.', import.meta.url); ; directory = new URL('..', directory)) {
    const text = await readFile(new URL('package.json', directory), 'utf8').catch(() => undefined);
    const version = text === undefined ? undefined : versionOf(JSON.parse(text));
    if (version !== undefined) return { directory, version };
    if (directory.pathname === '/' || directory.href === new URL('..', directory).href) {
      return undefined;
    }
  }
}

function versionOf(manifest: unknown): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  if (!('name' in manifest) || manifest.name !== 'ipv8' || !('version' in manifest))
    return undefined;
  return typeof manifest.version === 'string' ? manifest.version : undefined;
}
