import { readFile } from 'node:fs/promises';

/** The package that this file belongs to, whether it runs from its source or as built. */
export type PackageRoot = {
  readonly directory: URL;
  readonly version: string;
  /** Of this package and of those that it is developed with, by name. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Looks upwards for the manifest of `ipv8`; undefined when the package was taken apart. */
export async function packageRoot(): Promise<PackageRoot | undefined> {
  for (let directory = new URL('.', import.meta.url); ; directory = new URL('..', directory)) {
    const text = await readFile(new URL('package.json', directory), 'utf8').catch(() => undefined);
    const versions = text === undefined ? undefined : versionsOf(JSON.parse(text));
    const version = versions?.['ipv8'];
    if (versions !== undefined && version !== undefined) return { directory, version, versions };
    if (directory.pathname === '/' || directory.href === new URL('..', directory).href) {
      return undefined;
    }
  }
}

/** Undefined for the manifest of another package. */
function versionsOf(manifest: unknown): Readonly<Record<string, string>> | undefined {
  const { name, version, devDependencies } = fieldsOf(manifest);
  if (name !== 'ipv8' || typeof version !== 'string') return undefined;
  const others = Object.entries(fieldsOf(devDependencies)).map(([key, value]) => [
    key,
    String(value),
  ]);
  return { ...Object.fromEntries(others), ipv8: version };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
