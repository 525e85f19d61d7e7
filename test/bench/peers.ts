/** The compilers that ours is compared with. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files, Language } from './workloads.ts';

export const PEERS = new URL('peers/', import.meta.url).pathname;
export const MODULES = join(PEERS, 'node_modules');

/** One compiler, and how it turns schemas into code. */
export type Peer = {
  readonly name: string;
  readonly packages: readonly string[];
  readonly language: Language;
  /** What it needs beside the schemas. */
  readonly files: Files;
  readonly command: string;
  readonly args: readonly string[];
  /** The directory or file that it writes. */
  readonly output: string;
};

export const BUF = join(MODULES, '@bufbuild/buf/bin/buf');
export const BEBOP = join(MODULES, 'bebop-tools/tools/linux/x64/bebopc');

function bufPeer(name: string, plugin: string, options: string): Omit<Peer, 'packages'> {
  const local = JSON.stringify([process.execPath, join(MODULES, plugin)]);
  return {
    name,
    language: 'proto',
    files: {
      'buf.yaml': 'version: v2\nmodules:\n  - path: schemas\n',
      'buf.gen.yaml': `version: v2\nplugins:\n  - local: ${local}\n    out: out\n    opt: ${options}\n`,
    },
    command: process.execPath,
    args: [BUF, 'generate'],
    output: 'out',
  };
}

/** Every peer; whether it runs here is found when it is tried. */
export const peers: readonly Peer[] = [
  {
    ...bufPeer('protoc-gen-es', '@bufbuild/protoc-gen-es/bin/protoc-gen-es', 'target=ts'),
    packages: ['@bufbuild/buf', '@bufbuild/protoc-gen-es'],
  },
  {
    ...bufPeer('ts-proto', 'ts-proto/protoc-gen-ts_proto', 'esModuleInterop=true'),
    packages: ['@bufbuild/buf', 'ts-proto'],
  },
  {
    // It has no emitter for TypeScript: parsing and checking alone.
    name: 'TypeSpec (no output)',
    packages: ['@typespec/compiler'],
    language: 'tsp',
    files: {},
    command: process.execPath,
    args: [join(MODULES, '@typespec/compiler/cmd/tsp.js'), 'compile', 'schemas/bench0.tsp'],
    output: 'schemas',
  },
  {
    name: 'bebop',
    packages: ['bebop-tools'],
    language: 'bop',
    files: {},
    command: BEBOP,
    args: ['--include', 'schemas/*.bop', 'build', '--generator', 'ts:out.ts'],
    output: 'out.ts',
  },
  {
    name: 'hyperschema',
    packages: ['hyperschema'],
    language: 'json',
    files: {},
    command: process.execPath,
    args: [join(PEERS, 'hyperschema.js')],
    output: 'out',
  },
];

/** Installs them as their lock says, without running a script of theirs; undefined when that worked. */
export function installPeers(): string | undefined {
  const lock = join(MODULES, '.package-lock.json');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  if (!existsSync(lock)) {
    const { error, status, stderr } = spawnSync('npm', args, { cwd: PEERS, encoding: 'utf8' });
    if (status !== 0) return `npm ci failed: ${error?.message ?? stderr.trim().slice(-300)}`;
  }
  // A package's own script would have made it executable.
  if (existsSync(BEBOP)) chmodSync(BEBOP, 0o755);
  return undefined;
}

/** Installed versions of a peer's packages. */
export function versionsOf({ packages }: Peer): Readonly<Record<string, string>> {
  const found = packages.map((name) => {
    const manifest = readFileSync(join(MODULES, name, 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { readonly version: string };
    return [name, version] as const;
  });
  return Object.fromEntries(found);
}
