/** Makes the code of the peers that are generators, in `peers/.generated/`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEBOP, BUF, MODULES, PEERS } from '../peers.ts';
import { bebopText, hyperschemaTypes, protoText } from './fields.ts';

const GENERATED = join(PEERS, '.generated');

/** Why each generator that failed did so, by the name of its contender. */
export function generatePeers(): Readonly<Record<string, string>> {
  rmSync(GENERATED, { recursive: true, force: true });
  mkdirSync(join(GENERATED, 'schemas'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(GENERATED, name), text);
  write('messages.proto', protoText());
  write('messages.bop', bebopText());
  write('schemas/messages.json', JSON.stringify(hyperschemaTypes()));
  const plugin = [process.execPath, join(MODULES, '@bufbuild/protoc-gen-es/bin/protoc-gen-es')];
  write('buf.yaml', 'version: v2\n');
  write(
    'buf.gen.yaml',
    `version: v2\nplugins:\n  - local: ${JSON.stringify(plugin)}\n    out: .\n    opt: target=ts\n`,
  );
  const generators: Readonly<Record<string, readonly [string, ...string[]]>> = {
    'protobuf-es': [process.execPath, BUF, 'generate'],
    bebop: [BEBOP, '--include', 'messages.bop', 'build', '--generator', 'ts:bebop.ts'],
    hyperschema: [process.execPath, join(PEERS, 'hyperschema.js'), 'hyperschema'],
  };
  const failed: Record<string, string> = {};
  for (const [name, [command, ...args]] of Object.entries(generators)) {
    const { error, status, stderr, stdout } = spawnSync(command, args, {
      cwd: GENERATED,
      encoding: 'utf8',
    });
    if (status !== 0) failed[name] = error?.message ?? `${stdout}${stderr}`.trim().slice(0, 300);
  }
  return failed;
}
