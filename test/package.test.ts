/** The packed package, installed in an empty folder, does what the README says. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const folder = mkdtempSync(join(tmpdir(), 'ipv8-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Output of a command that must succeed; what it said is in the error when it does not. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

const SCHEMA = `/// Says hello.
community Hello = sha1("package test") {
  /// A greeting.
  signed message Greeting = 1 { text: string<u16, ..100>, from: ip }
}
`;

const PROGRAM = `import { createNode, ConfigBuilder } from 'ipv8';
import { decode, encode } from 'ipv8/codegen';
import { createWorld } from 'ipv8/simulation';
import { loadProgram } from 'ipv8/compiler';
import { Greeting, helloProtocol } from './generated/hello.ts';
import { hello } from './hello.ts';

const greeting = new Greeting({ text: 'hi', from: { kind: 'ipv4', host: '127.0.0.1', port: 8090 } });
const read = decode(Greeting, encode(Greeting, greeting));
if (!read.ok) throw read.error;
const config = new ConfigBuilder().clearKeys().clearOverlays().addEphemeralKey('me')
  .addOverlay('Hello', 'me').setAddress('10.0.0.1').finalize();
const node = createNode(config, { env: createWorld({ seed: 1 }).env('10.0.0.1'), extraCommunities: { Hello: hello } });
await node.start();
console.log(read.value.text, helloProtocol.name, node.overlays.length, typeof loadProgram);
await node.stop();
`;

/** A fresh build packed from a copy: the checkout's own `dist` may be in use, or old. */
function pack(): string {
  const copy = join(folder, 'copy');
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    files: string[];
  };
  for (const name of ['package.json', ...files.filter((file) => !/^!?dist/.test(file))]) {
    // Of a pattern, the folder: what does not fit it is not packed.
    const path = name.replace(/\/\*[^/]*$/, '');
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  run(TSC, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(copy, 'dist'));
  bundle(join(copy, 'dist/bin'));
  const packed = run('npm', 'pack', copy, '--ignore-scripts', '--json');
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  return join(folder, filename);
}

/** As `npm run prepare` does. */
function bundle(out: string): void {
  execFileSync(process.execPath, ['bundle.config.js', out], { cwd: ROOT });
}

const tarball = pack();

test('a project of `ipv8c init` type-checks, is fresh, passes its test and runs as it is', async () => {
  const main = join(folder, 'copy/dist/bin/main.js');
  const project = join(folder, 'made');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'copy/node_modules'));
  run(process.execPath, main, 'init', 'MyChat', '--directory', 'made');
  rmSync(join(folder, 'copy/node_modules'));
  const npm = (...args: string[]): string => run('npm', '--prefix', project, ...args);
  npm('install', '--no-audit', '--no-fund', '--prefer-offline', tarball);
  expect(npm('run', 'check')).toContain('unchanged 1');
  const { $schema } = JSON.parse(readFileSync(join(project, 'node.json'), 'utf8')) as {
    $schema: string;
  };
  expect(readFileSync(join(project, $schema), 'utf8')).toContain('"walkerInterval"');
  const said = npm('test');
  expect(said).toContain('# pass 2');
  expect(said).toContain('# fail 0');
  const node = spawn(process.execPath, ['--import', 'tsx', 'source/main.ts'], {
    cwd: project,
  });
  const [line] = (await once(node.stdout, 'data')) as [Buffer];
  node.kill('SIGINT');
  expect(await once(node, 'exit')).toEqual([0, null]);
  expect(String(line)).toMatch(/listening on 127\.0\.0\.1:\d+/);
}, 300_000);

test('a packed and installed package compiles a schema, and the result type-checks and runs', () => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', type: 'module' }));
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball);

  mkdirSync(join(folder, 'schemas'));
  writeFileSync(join(folder, 'schemas/hello.ipv8'), SCHEMA);
  expect(run('npx', '--no', 'ipv8c', 'compile', 'schemas')).toContain('written 1');
  run('npx', '--no', 'ipv8c', 'stub', 'Hello', '--out', 'hello.ts');
  expect(readFileSync(join(folder, 'hello.ts'), 'utf8')).toContain("from 'ipv8'");

  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  const config = { compilerOptions: STRICT, include: ['*.ts', 'generated'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  run(TSC, '-p', folder);
  const tsx = join(ROOT, 'node_modules/tsx/dist/loader.mjs');
  expect(run(process.execPath, '--import', tsx, 'program.ts')).toContain('hi Hello 1 function');
}, 300_000);

const STRICT = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  // A project on Node has these; `AbortSignal` and `console` come from there.
  types: ['node'],
  typeRoots: [join(ROOT, 'node_modules/@types')],
  allowImportingTsExtensions: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};
